define shop::account (String $home, Enum['present', 'absent'] $ensure = present) {
  user { $title:
    ensure => $ensure,
    home   => $home,
  }
  -> file { $home:
    ensure => directory,
    mode   => '0700',
  }
}
