# A mail gateway. What stands in its files, and which files there are, is for the data to say.
class profile::gateway (
  Boolean $filtering,
  Enum['strict', 'lenient', 'off'] $policy,
  Integer[1] $workers,
  Boolean $greylisting,
  Integer[0] $delay,
  Array[Hash] $networks,
  Hash[String[1], Hash] $domains,
  Hash[String[1], Variant[String, Integer]] $settings,
  Array[String[1]] $features = [],
  Optional[String[1]] $relay = undef,
  String[1] $config_directory = '/etc/mail',
) {
  $limit = $policy ? {
    'strict'  => 10,
    'lenient' => 100,
    default   => 0,
  }
  if $workers > 8 {
    $pool = "pooled ${$workers * 2}"
  } else {
    $pool = 'simple'
  }
  case $facts['os']['family'] {
    'Debian': { $user = 'Debian-exim' }
    'RedHat': { $user = 'exim' }
    default:  { $user = 'mail' }
  }
  $trusted_networks = $networks.filter |$network| { $network['trusted'] }

  file { $config_directory:
    ensure => directory,
  }

  file { "${config_directory}/main.conf":
    content => epp('profile/main.conf.epp', {
      'limit'       => $limit,
      'pool'        => $pool,
      'user'        => $user,
      'settings'    => $settings,
      'greylisting' => $greylisting,
      'delay'       => $delay,
      'relay'       => $relay,
      'networks'    => $trusted_networks,
    }),
  }

  file { "${config_directory}/domains.conf":
    content => template('profile/domains.conf.erb'),
  }

  unless $features.empty {
    $lines = $features.map |$feature| { "enable ${feature}" }
    file { "${config_directory}/features.conf":
      content => "${lines.join("\n")}\n",
    }
  }

  if $filtering {
    include profile::filter
  }

  $domains.each |$name, $domain| {
    if $domain['enabled'] {
      profile::domain { $name:
        * => $domain - ['enabled'],
      }
    }
  }
}
