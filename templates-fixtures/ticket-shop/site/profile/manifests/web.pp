# The shop's web server: document root, caching rules and maintenance page.
class profile::web (
  Pattern[/\A\//] $docroot,
  String[1] $server_name,
  String[1] $owner,
  Array[Profile::CacheRule] $cache_rules,
  Hash[String[1], String[1]] $redirects = {},
) {
  file { $docroot:
    ensure => directory,
    owner  => $owner,
    mode   => '0755',
  }

  file { "${docroot}/.htaccess":
    content => template('profile/htaccess.erb'),
    owner   => $owner,
    mode    => '0644',
  }

  file { "${docroot}/robots.txt":
    source => 'puppet:///modules/profile/robots.txt',
    owner  => $owner,
    mode   => '0644',
  }

  file { '/etc/apache2/sites-available/shop.conf':
    content => epp('profile/shop.conf.epp', {
      'server_name' => $server_name,
      'docroot'     => $docroot,
    }),
    mode    => '0644',
    notify  => Service['apache2'],
  }

  file { '/etc/apache2/sites-enabled/shop.conf':
    ensure => link,
    target => '../sites-available/shop.conf',
    notify => Service['apache2'],
  }

  service { 'apache2':
    ensure => running,
    enable => true,
  }
}
