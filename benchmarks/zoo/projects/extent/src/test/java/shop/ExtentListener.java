package shop;

import com.aventstack.extentreports.ExtentReports;
import com.aventstack.extentreports.ExtentTest;
import com.aventstack.extentreports.reporter.ExtentSparkReporter;
import org.testng.IReporter;
import org.testng.ISuite;
import org.testng.ISuiteResult;
import org.testng.ITestResult;
import org.testng.Reporter;
import org.testng.xml.XmlSuite;
import java.util.List;

/** Writes the Extent report of a run. */
public class ExtentListener implements IReporter {
    @Override
    public void generateReport(List<XmlSuite> xml, List<ISuite> suites, String directory) {
        ExtentReports extent = new ExtentReports();
        extent.attachReporter(new ExtentSparkReporter(System.getenv("OUT") + "/extent.html"));
        extent.setSystemInfo("password policy", "strict");
        for (ISuite suite : suites) {
            for (ISuiteResult result : suite.getResults().values()) {
                result.getTestContext().getPassedTests().getAllResults().forEach(one -> add(extent, one));
                result.getTestContext().getFailedTests().getAllResults().forEach(one -> add(extent, one));
            }
        }
        extent.flush();
    }

    private static void add(ExtentReports extent, ITestResult result) {
        ExtentTest test = extent.createTest(result.getName());
        Reporter.getOutput(result).forEach(test::info);
        for (Object parameter : result.getParameters()) {
            test.info(String.valueOf(parameter));
        }
        if (result.getThrowable() == null) {
            test.pass("passed");
        } else {
            test.fail(result.getThrowable());
        }
    }
}
