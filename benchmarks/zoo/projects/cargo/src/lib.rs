//! What the shop sells with.

/// At least twelve characters, one of them no letter.
pub fn password_is_strong(password: &str) -> bool {
    password.len() >= 12 && !password.chars().all(char::is_alphabetic)
}

/// What a parser of orders reads.
#[derive(Debug, PartialEq)]
pub enum Token {
    Number(u64),
    Word(String),
    End,
}
