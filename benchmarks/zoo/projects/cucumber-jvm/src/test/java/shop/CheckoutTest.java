package shop;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectClasspathResource;
import org.junit.platform.suite.api.Suite;

@Suite
@IncludeEngines("cucumber")
@SelectClasspathResource("shop")
@ConfigurationParameter(
        key = "cucumber.plugin",
        value = "pretty, html:target/cucumber.html, json:target/cucumber.json, junit:target/junit.xml,"
                + " message:target/cucumber.ndjson, timeline:target/timeline")
@ConfigurationParameter(key = "cucumber.publish.quiet", value = "true")
public class CheckoutTest {}
