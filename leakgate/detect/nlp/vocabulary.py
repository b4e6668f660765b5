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
    "windows worker xcode xml yarn zeppelin zipkin zookeeper zuul luhn levenshtein verhoeff "
)
_CAPITALISED = (
    "atomic bounds custom heap hook lifecycle metrics sizing subpath variable volume write monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu "
    "fri sat sun english german french spanish italian dutch american british european internet true "
    "false none started starting stopped stopping running finished completed failed failure passed "
    "skipped created updated deleted using loading loaded reading writing checking found missing invalid "
    "unknown expected actual received sending sent waiting retry retrying done ok button status state "
    "type name id key list map set string integer boolean number array date time address street road "
    "avenue order invoice product item page total amount price customer account payment admin "
    "administrator root guest anonymous lorem ipsum dolor acme foo bar baz hello world note todo "
    "copyright license usage options see available error warning min code cover branch fed dow skip "
    "wayland int thai kernel general asia valid server line meta reason dev side trace peer media minor "
    "arch gregorian hong "
)
_UNITS_AND_PUBLISHERS = "angstrom dalton elsevier hartree resp springer wiley "
NOT_NAMES = frozenset((_TECHNOLOGY + _CAPITALISED + _UNITS_AND_PUBLISHERS).split())

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

# What may stand before a name and is no part of it.
_ROLES = (
    "account actor actress admin applicant ask attn aunt author baron bcc boss bot brother call captain "
    "cc chairman chancellor chef client colleague colonel contact count customer dear director doctor "
    "email employee father founder friend from full general goodbye guest hello hey hi husband invite "
    "judge king mail manager meet member minister mother name nurse officer owner partner passenger "
    "patient person phone president prince princess producer professor queen regards remind reply "
    "resident secretary senator sincerely singer sister spouse student subject teacher tell tenant thanks "
    "to uncle user wife writer "
)
ROLES = frozenset(_ROLES.split())

# Words of NOT_NAMES that are given names as well: with a surname behind them they are people.
_GIVEN_AS_WELL = (
    "ada april august aurora austin chuck hudson jackson jan jasmine jersey julia june karma max sam "
)
GIVEN_AS_WELL = frozenset(_GIVEN_AS_WELL.split())

# English words that are given names far more often when somebody capitalises them.
_NAMES_FIRST = (
    "bill bob brandy carol chad curt dean derrick dolly eddy frank gary glen harry heather jack ken maria "
    "martin matt mike nick patty peter rob robin rosemary sally scott sherry sue todd victor victoria "
    "warren "
)
NAMES_FIRST = frozenset(_NAMES_FIRST.split())

# Said right before a name.
_BEFORE_NAMES = (
    "about am and ask asked attn aunt between born boss boyfriend brother by call called cardholder "
    "client colleague contact cousin customer daughter dear directed doctor email employee father fiance "
    "fiancee fiancé fiancée for friend from girlfriend guest hello her hey hi him holder husband i'm "
    "invite kid love married me meet met mother name name's named neighbor neighbour nephew niece of "
    "partner passenger patient producer regards remind reminded resident said says signed sincerely "
    "sister son spouse starring student tell tenant thank thanks to told uncle under user wife with "
    "written "
)
BEFORE_NAMES = frozenset(_BEFORE_NAMES.split())

# The same, but before other things too.
_WEAK_BEFORE_NAMES = "about am and between by call for from her him me of to under with "
WEAK_BEFORE_NAMES = frozenset(_WEAK_BEFORE_NAMES.split())

# Said right after a name.
_AFTER_NAMES = (
    "according and asked asks began begins born called calls came can can't could died explained flew "
    "gave given had has i'm is isn't joined knew knows left likes lived lives loves married moved needs "
    "said says shouted shouts speak speaks spent spoke tells thinks thought told wanted wants was wasn't "
    "went who whose will worked works would writes wrote "
)
AFTER_NAMES = frozenset(_AFTER_NAMES.split())

# The same, but after other things too.
_WEAK_AFTER_NAMES = "and can could had has is needs was will would "
WEAK_AFTER_NAMES = frozenset(_WEAK_AFTER_NAMES.split())

# With one of these before it, what looks like a name is a place: Santa Clara, New Haven.
_PLACE_PREFIXES = (
    "avenida bad calle den east eastern el fc fort la lake las los mount new north northern plaza port "
    "rua rue saint san santa santo south southern st são via west western "
)
PLACE_PREFIXES = frozenset(_PLACE_PREFIXES.split())

# With one of these behind it, it is a street, a firm or a work.
_THING_SUFFIXES = (
    "ag algorithm ave avenue award bridge bypass church co college company corp corporation court "
    "crossing crossroad drive equation flat flats foundation gmbh group hill hospital inc incorporated "
    "institute island islands isle lane limited llc llp ltd method orchestra park parks partners pass "
    "prize rd ridge river rivers road route spring springs square squares st station str street "
    "technologies theorem union university "
)
THING_SUFFIXES = frozenset(_THING_SUFFIXES.split())

_CITIES = (
    "amsterdam|athens|atlanta|auckland|bangalore|bangkok|barcelona|beijing|belgrade|berlin|"
    "bogota|boston|bratislava|brussels|bucharest|budapest|buenos aires|cairo|cape town|"
    "chennai|chicago|cologne|copenhagen|dallas|delhi|denver|detroit|dresden|dubai|dublin|"
    "edinburgh|frankfurt|geneva|glasgow|hamburg|hanoi|helsinki|hong kong|houston|istanbul|"
    "jakarta|johannesburg|karachi|kiev|kyiv|kyoto|lagos|lima|lisbon|london|los angeles|lyon|"
    "madrid|manchester|manila|marseille|melbourne|mexico city|miami|milan|minneapolis|"
    "montreal|moscow|mumbai|munich|nairobi|naples|new delhi|new york|new york city|osaka|"
    "oslo|ottawa|oxford|palo alto|paris|perth|philadelphia|phoenix|portland|porto|prague|"
    "pune|quebec|redmond|riga|rome|rotterdam|san diego|san francisco|san jose|santa clara|"
    "santiago|sao paulo|seattle|seoul|seville|shanghai|shenzhen|singapore|sofia|stockholm|"
    "stuttgart|sydney|são paulo|taipei|tallinn|tehran|tel aviv|tokyo|toronto|turin|utrecht|"
    "valencia|vancouver|venice|vienna|vilnius|warsaw|washington|wellington|zagreb|zurich|"
    "zürich"
)
CITIES = frozenset(_CITIES.split("|"))

# Endings of surnames in several languages; long words with one are surnames that no list has.
_SURNAME_ENDINGS = (
    "ainen akis ashvili bauer berg chuk dottir dze dóttir elli enko escu etti eva evic gren hara hashi "
    "ian idis iev ini ić lson mann meier meyer moto mura naka nen nez nsen oglu ova ovic ović ová oğlu "
    "poulos rsen rson shvili ska ski sky ský ssen sson stein ström tsen ucci vich vič wicz yama yan yev "
    "zawa ález írez ñez "
)
SURNAME_ENDINGS = tuple(_SURNAME_ENDINGS.split())
