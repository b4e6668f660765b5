package shop;

/** What the shop takes for a password. */
public final class Passwords {
    private static final int MIN_PASSWORD_LENGTH = 12;

    private Passwords() {}

    public static boolean isStrong(String password) {
        return password != null && password.length() >= MIN_PASSWORD_LENGTH && !password.chars().allMatch(Character::isLetter);
    }
}
