"""The checkout by Selenium and Debian's ChromeDriver, with all their logs."""

import json
import logging
import os
import sys
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

logging.basicConfig(level=logging.DEBUG, stream=sys.stdout)
out = Path(os.environ["OUT"])
options = webdriver.ChromeOptions()
for word in ("--headless=new", "--no-sandbox", "--disable-gpu"):
    options.add_argument(word)
options.binary_location = "/usr/bin/chromium"
options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
service = Service(
    "/usr/bin/chromedriver", service_args=["--verbose"], log_output=str(out / "chromedriver.log")
)
with webdriver.Chrome(options=options, service=service) as driver:
    driver.get(os.environ["ZOO_URL"] + os.environ["ZOO_QUERY"])
    driver.find_element(By.NAME, "password").clear()
    driver.execute_script("console.log(arguments[0])", os.environ["ZOO_LOG"])
    driver.get(os.environ["ZOO_URL"] + "/profile")
    (out / "page.html").write_text(driver.page_source)
    (out / "performance.json").write_text(json.dumps(driver.get_log("performance")))
    (out / "browser.json").write_text(json.dumps(driver.get_log("browser")))
    driver.save_screenshot(str(out / "page.png"))
