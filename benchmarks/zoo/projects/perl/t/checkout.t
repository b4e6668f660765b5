use strict;
use warnings;
use Test::More;

subtest 'prints the receipt' => sub {
    note $ENV{ZOO_STDOUT};
    pass 'paid';
};

subtest 'loads the configuration' => sub {
    note $ENV{ZOO_CONFIG};
    pass 'password is not needed';
};

subtest 'warns about the stock' => sub {
    warn "$ENV{ZOO_STDERR}\n";
    pass 'token bucket is full';
};

subtest 'logs the gateway call' => sub {
    diag $ENV{ZOO_LOG};
    pass 'called';
};

subtest 'compares the answer' => sub {
    is $ENV{ZOO_ACTUAL}, $ENV{ZOO_EXPECTED}, 'the answer is the expected one';
};

subtest 'refuses the card' => sub {
    die "$ENV{ZOO_ERROR}\n" if $ENV{ZOO_LEAKY};
    pass 'charged';
};

done_testing;
