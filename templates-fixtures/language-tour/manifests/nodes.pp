node 'node01.example.com', 'node03.example.com' {
  lookup('classes', Array[String], 'unique').include
  class { 'base::repos':
    stage => 'first',
  }
  class { 'web::hardened': }
}

node /^node\d+/ {
  include base
  contain web
  @@web::peer { $trusted['certname']:
    address => $facts['networking']['ip'],
  }
}

node default { }
