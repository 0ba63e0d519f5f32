File {
  owner => 'root',
}

stage { 'first':
  before => Stage['main'],
}

$greeting = base::shout("Hello from ${facts['networking']['hostname']}", 2)
