# A database that takes a share of the memory.
class profile::db (
  Integer[1, 100] $share,
  String[1] $version = '15',
) {
  $bytes = Integer($facts['memory']['system']['total_bytes'])
  $megabytes = $bytes * $share / 100 / 1024 / 1024

  package { "postgresql-${version}":
    ensure => installed,
  }

  file { "/etc/postgresql/${version}/main/conf.d/memory.conf":
    content => "shared_buffers = ${megabytes}MB\n",
    owner   => 'postgres',
    group   => 'postgres',
    mode    => '0640',
    require => Package["postgresql-${version}"],
    notify  => Service['postgresql'],
  }

  service { 'postgresql':
    ensure => running,
  }
}
