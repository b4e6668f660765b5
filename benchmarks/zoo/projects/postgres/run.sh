# A cluster of its own for the time of the run: no other server is asked.
set -eu
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
here=$PWD
chmod 777 "$here"
as_postgres() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }
as_postgres "$bin/initdb" --pgdata "$here/data" --username shop --auth trust
cat >> data/postgresql.conf <<'C'
listen_addresses = ''
log_statement = 'all'
log_duration = on
log_connections = on
log_line_prefix = '%m [%p] %q%u@%d '
password_encryption = 'scram-sha-256'
C
echo "unix_socket_directories = '$here'" >> data/postgresql.conf
as_postgres "$bin/pg_ctl" --pgdata "$here/data" --log "$here/server.log" --wait start
stop() { as_postgres "$bin/pg_ctl" --pgdata "$here/data" --mode fast stop; cp "$here/server.log" "$OUT/server.log"; }
trap stop EXIT
psql() { command psql --host "$here" --username shop --dbname postgres "$@"; }
psql --echo-all <<'Q'
create table customers (id serial primary key, login text, password_hash text, token text, contact_id bigint);
create table notes (id serial primary key, body text, created timestamptz default '2026-03-04');
\d customers
select current_user, session_user;
Q
psql --set body="$ZOO_BODY" --echo-queries <<'Q'
\timing on
insert into notes (body) values (:'body') returning *; -- ZOO_BODY
Q
psql --set body="$ZOO_STDERR" <<'Q'
insert into notes (body) values (:'body'); -- ZOO_STDERR
Q
psql --set body="$ZOO_LOG" <<'Q'
do $$ begin raise warning 'stock is low'; end $$;
select :'body'; -- ZOO_LOG
select no_such_column from customers;
explain (analyze, buffers) select * from customers where login = 'guest' and password_hash is null;
Q
"$bin/pg_dump" --host "$here" --username shop postgres > "$OUT/dump.sql"
