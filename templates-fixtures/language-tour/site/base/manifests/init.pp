# Packages, users and files that every node has.
class base (
  Array[String[1]] $packages,
  Hash[String[1], Base::User] $users,
  String $shell,
  String $umask,
  Boolean $manage_motd = true,
) {
  package { $packages:
    ensure => installed,
  }

  $users.each |String $name, Hash $user| {
    base::account { $name:
      *     => $user,
      shell => $shell,
    }
  }

  if $manage_motd {
    file { '/etc/motd':
      content => @("MOTD"/L),
        ${$greeting} to ${facts['networking']['fqdn']}
          CPUs: ${old_sum([1, 2], '3')}, \
        release ${base::nested($facts, 'os.release.major', 'unknown')}
        | MOTD
    }
  }

  $squeezed = base::squeeze("  much   space ") |$gone| {
    notice("squeezed ${gone} characters")
  }
  notify { $squeezed: loglevel => debug }

  base_token { 'session':
    ensure => present,
    length => 48,
    before => File['/etc/motd'],
  }

  $mtus = $facts['networking']['interfaces'].reduce({}) |$memo, $pair| {
    $memo + { $pair[0] => $pair[1]['mtu'] }
  }
  $mtus.filter |$name, $mtu| { $mtu > 1500 }.each |$name, $mtu| {
    notify { "${name} has jumbo frames: ${mtu}": tag => ['network', "if-${name}"] }
  }

  case $facts['os']['family'] {
    'Debian', 'Ubuntu': { $manager = 'apt' }
    /(?i)red(hat)/:     { $manager = "yum ${1}" }
    default:            { fail("unsupported family ${facts['os']['family']}") }
  }
  file { '/etc/package-manager':
    content => "${manager}\n",
    mode    => $umask ? { '0022' => '0644', default => '0600' },
  }

  @user { 'deploy':
    ensure => present,
    tag    => 'deployers',
  }
  @file { '/home/deploy':
    ensure  => directory,
    owner   => 'deploy',
    require => User['deploy'],
    tag     => ['deployers', 'home'],
  }
}
