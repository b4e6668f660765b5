"""
Words that tell prose from log lines, and names of people from names of things.

Lists only; all in lower case.
"""

from __future__ import annotations

_FUNCTION_WORDS = (
    "a about after all am an and are as at be because been before but by can could did do does for from "
    "had  has have he her here him his how i i'd i'll i'm i've if in into is it it's its just me my no "
    "not of off  on or our out over please said she should so some than that that's the their them then "
    "there these they  this those to under until up us very was we we're were what what's when where "
    "which while who whose why  will with would yes you you're your "
)
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())

# Someone speaks, or is spoken of: a line with one of these is conversation, not a report of a machine.
_PERSONAL_WORDS = (
    "i i'd i'll i'm i've he her hers him his me mine my our ours said she their theirs them they us we "
    "we're  who whose you you're your yours dear hello hi thanks regards sincerely mr mrs ms dr herr "
    "frau sir madam "
)
PERSONAL_WORDS = frozenset(_PERSONAL_WORDS.split())

# Phrases of build and service logs around names of libraries, as the gate sees them: between spaces.
MACHINE_PHRASES = (
    " up to date", " loaded module", " downloaded from", " downloading from", " json binding", " suite",
    " plugin ", " deprecated", " exception", " error:", " warning:", " warn:", " debug:", " info:", " usage:",
    " copyright", " license", " compiled", " compiler", " kernel", " installed", " package", " dependency",
    " version",
)  # fmt: skip

_TECHNOLOGY = (
    "ada actions airflow akka alpine amazon ambari android angular ansible ant apache api apple appium "
    "arrow  artifactory assertion atlas aurora austin avro azure bamboo bash bazel beam bitbucket "
    "bootstrap boot buddy build byte  cache calcite camel cargo cassandra cast celery chart chrome "
    "chromium chuck circle class client clojure  cloud cluster cocoa codecov collector command compiler "
    "compose config connection consul container  controller coverage cucumber cypress daemon dagger "
    "dart database debian debug default delta django docker  dropwizard druid eclipse edge elastic "
    "elasticsearch element ember envoy error event exception express fedora file  firebase firefox "
    "flask flink flutter fluentd forge framework gatsby gecko gerrit git github gitlab go google "
    "gradle grafana grails graphite groovy grpc gson guava guice hadoop handler harbor haskell hazel "
    "hazelcast  helm heroku hibernate hive homebrew host http hudson hystrix ignite info ingress intel "
    "istanbul istio  jackson jaeger jasmine java javascript jboss jdbc jenkins jersey jest jetty jira "
    "job jooq json julia  junit jupiter jupyter kafka karate karma kernel kibana kotlin kubernetes "
    "lambda laravel lerna library  licence license linux liquibase listener liveview log logger "
    "logstash loki lombok lua lucene mac mariadb marshmallow  maven memory message mercurial micrometer "
    "micronaut microsoft mocha mockito module mojo mongo mono mozilla  mysql netflix netty network "
    "nexus nginx node norris nova npm null numpy nuxt object octopus oozie opera  oracle orion package "
    "panda pandas parquet phoenix php pig pinpoint plugin podman pool postgres postgresql  power "
    "playwright presto process prometheus protractor proxy pulsar puppet puppeteer pytest python "
    "pytorch  quarkus query quotes rabbit rails rancher react redis redux registry request resource "
    "response ribbon rocks  rocksdb ruby runner runtime rust safari salt sam sass scala scheduler scipy "
    "script selenium sentry serialization  server service session shell shiro sinatra snyk socket solr "
    "sonar spark spec spinnaker splunk spock spring  sqlite storm streams struts suite surefire svelte "
    "swagger swift symfony system tapestry task tensor  tensorflow terraform test testcontainers "
    "testing tests thread thrift tomcat travis trino truffle twisted  typescript ubuntu unit unix user "
    "vagrant value vault velocity vertx visual vue warning web webdriver webkit  webpack wildfly "
    "windows worker xcode xml yarn zeppelin zipkin zookeeper zuul "
)
_CAPITALISED = (
    "atomic bounds custom heap hook lifecycle metrics sizing subpath variable volume write "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august  september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue wed thu fri  sat sun english german french spanish italian dutch american british european "
    "internet true false none  started starting stopped stopping running finished completed failed "
    "failure passed skipped created updated  deleted using loading loaded reading writing checking "
    "found missing invalid unknown expected actual  received sending sent waiting retry retrying done "
    "ok button status state type name id key list map set  string integer boolean number array date "
    "time address street road avenue order invoice product item page  total amount price customer "
    "account payment admin administrator root guest anonymous lorem ipsum dolor  acme foo bar baz hello "
    "world note todo copyright license usage options see available error warning "
)
NOT_NAMES = frozenset((_TECHNOLOGY + _CAPITALISED).split())

_PARTICLES = (
    "al ap ben bin da dal de del dela della der des di do dos du el la las le los van vom von y zu zum zur e "
)
PARTICLES = frozenset(_PARTICLES.split())

_TITLES = (
    "mr mrs ms miss mx dr prof sir lady lord herr frau hr fr ing dipl.-ing univ.prof mag señor señora "
    "sr sra don  doña mme mlle m dott sig jr ii iii iv phd md mba b.a b.sc b.eng m.a m.sc m.eng bsc msc "
    "dds dvm esq mba. cand "
)
TITLES = frozenset(_TITLES.split())
