class shop::params {
  $mode = $facts['os']['family'] ? {
    'Debian' => '0640',
    default  => '0600',
  }
}
