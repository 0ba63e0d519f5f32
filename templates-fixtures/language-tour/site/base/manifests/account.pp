# A user and its home.
define base::account (
  Integer $uid,
  String $shell,
  Array[String] $groups = [],
) {
  user { $title:
    uid    => $uid,
    groups => $groups,
    shell  => $shell,
  }
  -> file { "/home/${title}":
    ensure => directory,
    owner  => $title,
    mode   => '0700',
  }
}
