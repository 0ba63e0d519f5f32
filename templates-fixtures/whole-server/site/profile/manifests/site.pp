# A virtual host with a document root of its own.
define profile::site (
  String[1] $server_name,
  Integer[1, 65535] $port,
  String[1] $override = 'None',
  Array[String[1]] $aliases = [],
  Array[String[1]] $directives = [],
) {
  $docroot = "/srv/www/${name}"

  file { $docroot:
    ensure => directory,
  }

  file { "/etc/apache2/sites-available/${name}.conf":
    content => epp('profile/site.conf.epp', {
      'server_name' => $server_name,
      'port'        => $port,
      'override'    => $override,
      'aliases'     => $aliases,
      'directives'  => $directives,
      'docroot'     => $docroot,
    }),
    notify  => Service['apache2'],
  }

  file { "/etc/apache2/sites-enabled/${name}.conf":
    ensure => link,
    target => "../sites-available/${name}.conf",
    notify => Service['apache2'],
  }
}
