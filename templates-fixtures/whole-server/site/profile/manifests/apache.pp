# A whole Apache server on Debian: nothing under /etc/apache2 that Puppet does not know.
class profile::apache (
  Array[String[1]] $modules,
  Array[Integer[1, 65535]] $ports,
  Hash[String[1], Hash] $sites,
  Hash[String[1], String] $access_files = {},
) {
  file { ['/etc/apache2', '/etc/apache2/sites-available', '/srv/www']:
    ensure => directory,
  }

  file { ['/etc/apache2/mods-enabled', '/etc/apache2/sites-enabled']:
    ensure  => directory,
    recurse => true,
    purge   => true,
  }

  file { '/etc/apache2/apache2.conf':
    content => epp('profile/apache2.conf.epp'),
    notify  => Service['apache2'],
  }

  file { '/etc/apache2/ports.conf':
    content => epp('profile/ports.conf.epp', { 'ports' => $ports }),
    notify  => Service['apache2'],
  }

  $modules.each |$module| {
    file { "/etc/apache2/mods-enabled/${module}.load":
      ensure => link,
      target => "../mods-available/${module}.load",
      notify => Service['apache2'],
    }
  }

  $sites.each |$name, $site| {
    profile::site { $name:
      * => $site,
    }
  }

  $access_files.each |$name, $content| {
    file { "/srv/www/${name}/.htaccess":
      content => $content,
    }
  }

  service { 'apache2':
    ensure => running,
    enable => true,
  }
}
