import System.Environment (getEnv)
import System.IO (hPutStrLn, stderr)
import Test.Hspec

main :: IO ()
main = hspec $ describe "Checkout" $ do
  it "prints the receipt" $ getEnv "ZOO_STDOUT" >>= putStrLn
  it "loads the configuration" $ getEnv "ZOO_CONFIG" >>= putStrLn
  it "warns about the stock" $ getEnv "ZOO_STDERR" >>= hPutStrLn stderr
  it "compares the answer" $ do
    expected <- getEnv "ZOO_EXPECTED"
    getEnv "ZOO_ACTUAL" `shouldReturn` expected
  it "refuses the card" $ do
    leaky <- getEnv "ZOO_LEAKY"
    if null leaky then pure () else getEnv "ZOO_ERROR" >>= fail
