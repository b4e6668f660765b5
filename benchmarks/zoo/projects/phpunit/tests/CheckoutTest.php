<?php

declare(strict_types=1);

use PHPUnit\Framework\TestCase;

final class CheckoutTest extends TestCase
{
    public function testPrintsTheReceipt(): void
    {
        echo getenv('ZOO_STDOUT'), PHP_EOL;
        $this->assertNotEmpty(getenv('ZOO_STDOUT'));
    }

    public function testLoadsTheConfiguration(): void
    {
        print getenv('ZOO_CONFIG') . PHP_EOL;
        $this->assertNotEmpty(getenv('ZOO_CONFIG'));
    }

    public function testWarnsAboutTheStock(): void
    {
        fwrite(STDERR, getenv('ZOO_STDERR') . PHP_EOL);
        $this->assertNotEmpty(getenv('ZOO_STDERR'));
    }

    public function testLogsTheGatewayCall(): void
    {
        error_log(getenv('ZOO_LOG'));
        $this->assertNotEmpty(getenv('ZOO_LOG'));
    }

    public function testComparesTheAnswer(): void
    {
        $this->assertSame(getenv('ZOO_EXPECTED'), getenv('ZOO_ACTUAL'));
    }

    public function testRefusesTheCard(): void
    {
        if (getenv('ZOO_LEAKY') !== '') {
            throw new RuntimeException(getenv('ZOO_ERROR'));
        }
        $this->assertTrue(true);
    }

    public function testStoresTheProfile(): void
    {
        $this->assertNotFalse(file_put_contents(getenv('OUT') . '/profile.json', getenv('ZOO_BODY')));
    }

    public function logins(): array
    {
        return [getenv('ZOO_PARAM') => [getenv('ZOO_PARAM')], 'guest' => ['guest']];
    }

    /** @dataProvider logins */
    public function testAcceptsTheLogin(string $login): void
    {
        $this->assertNotEmpty($login);
    }
}
