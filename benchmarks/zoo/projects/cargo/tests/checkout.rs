use std::env::var;

fn text(name: &str) -> String {
    var(name).unwrap_or_default()
}

#[test]
fn prints_the_receipt() {
    println!("{}", text("ZOO_STDOUT"));
}

#[test]
fn loads_the_configuration() {
    println!("{}", text("ZOO_CONFIG"));
}

#[test]
fn warns_about_the_stock() {
    eprintln!("{}", text("ZOO_STDERR"));
}

#[test]
fn logs_the_gateway_call() {
    let _ = env_logger::builder().filter_level(log::LevelFilter::Info).try_init();
    log::info!("{}", text("ZOO_LOG"));
}

#[test]
fn compares_the_answer() {
    assert_eq!(text("ZOO_ACTUAL"), text("ZOO_EXPECTED"));
}

#[test]
fn refuses_the_card() {
    if !text("ZOO_LEAKY").is_empty() {
        panic!("{}", text("ZOO_ERROR"));
    }
}

#[test]
fn stores_the_profile() {
    std::fs::write(text("OUT") + "/profile.json", text("ZOO_BODY")).unwrap();
}

#[test]
fn reads_tokens() {
    println!("{:?}", vec![checkout::Token::Number(4711), checkout::Token::End]);
    assert!(!checkout::password_is_strong(""));
}
