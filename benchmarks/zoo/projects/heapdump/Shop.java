import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.management.ObjectName;

/** Keeps a configuration in memory and has it dumped. */
public class Shop {
    public static void main(String[] arguments) throws Exception {
        Map<String, String> basket = new HashMap<>();
        basket.put("receipt", System.getenv("ZOO_STDOUT"));
        Properties settings = new Properties();
        settings.setProperty("password.policy", "strict");
        settings.setProperty("profile", System.getenv("ZOO_BODY"));
        ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                "dumpHeap",
                new Object[] {System.getenv("OUT") + "/heap.hprof", true},
                new String[] {"java.lang.String", "boolean"});
        System.out.println(basket.size() + settings.size());
    }
}
