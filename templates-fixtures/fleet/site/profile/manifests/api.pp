# The services behind the shop.
class profile::api (
  Integer $port,
  Hash[String[1], Integer] $upstreams,
) {
  file { '/etc/api/api.ini':
    content => epp('profile/api.ini.epp', { 'port' => $port, 'upstreams' => $upstreams }),
    notify  => Service['api'],
  }

  service { 'api':
    ensure => running,
  }

  $upstreams.each |$name, $upstream_port| {
    profile::check { "api-${name}":
      port => $upstream_port,
    }
  }
}
