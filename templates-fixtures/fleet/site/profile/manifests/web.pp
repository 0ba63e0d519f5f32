# An Apache server with the shop's site.
class profile::web (
  Integer $port,
  String[1] $server_name,
  Hash[String[1], String[1]] $headers,
  Array[String[1]] $aliases,
  Integer $workers,
  Integer $keep_alive,
  String[1] $docroot,
) {
  package { 'apache2':
    ensure => installed,
  }

  file { '/etc/apache2/ports.conf':
    content => "Listen ${port}\n",
    notify  => Service['apache2'],
  }

  file { '/etc/apache2/sites-available/25-shop.conf':
    content => template('profile/shop.conf.erb'),
    mode    => '0644',
    notify  => Service['apache2'],
  }

  file { '/etc/apache2/sites-enabled':
    ensure  => directory,
    recurse => true,
    purge   => true,
  }

  file { '/etc/apache2/sites-enabled/25-shop.conf':
    ensure => link,
    target => '/etc/apache2/sites-available/25-shop.conf',
    notify => Service['apache2'],
  }

  file { '/etc/apache2/conf-available/workers.conf':
    content => epp('profile/workers.conf.epp', { 'workers' => $workers, 'keep_alive' => $keep_alive }),
    notify  => Service['apache2'],
  }

  service { 'apache2':
    ensure  => running,
    enable  => true,
    restart => '/usr/sbin/apachectl graceful',
  }

  profile::check { "http-${server_name}":
    port => $port,
  }
}
