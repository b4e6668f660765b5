set -eu
git init --quiet --bare origin.git
export GIT_TRACE=1 GIT_TRACE_SETUP=1 GIT_TRACE_PERFORMANCE=1 GIT_TRACE_PACKET=1
export GIT_TRACE2_EVENT="$OUT/trace2.json" GIT_TRACE2="$OUT/trace2.txt"
git init work
cd work
git remote add origin ../origin.git
printf 'password: ${SHOP_PASSWORD}\ntoken_ttl: 3600\n' > settings.yml
git add settings.yml
git commit --message "Read the password from the environment"
printf '%s\n' "$ZOO_CONFIG" > settings.yml
git commit --all --message "$ZOO_LOG"
git push origin HEAD:main
git log --stat --patch --format=fuller
git fsck
GIT_CURL_VERBOSE=1 git ls-remote "$ZOO_URL$ZOO_QUERY" || true
