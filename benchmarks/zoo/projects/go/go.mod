module shop.example.com/checkout

go 1.22
