# What every node has.
class profile::base (
  Array[String[1]] $ntp_servers,
  String[1] $log_host,
  String[1] $banner,
  Array[String[1]] $packages,
) {
  package { $packages:
    ensure => installed,
  }

  file { '/etc/chrony/chrony.conf':
    content => epp('profile/chrony.conf.epp', { 'servers' => $ntp_servers }),
    mode    => '0644',
    require => Package['chrony'],
    notify  => Service['chrony'],
  }

  service { 'chrony':
    ensure => running,
    enable => true,
  }

  file { '/etc/motd':
    content => "${banner}: ${facts['networking']['fqdn']} (${facts['networking']['ip']}), ${facts['role']}\n",
  }

  file { '/etc/rsyslog.d/10-forward.conf':
    content => "*.* @${log_host}:514\n",
    notify  => Exec['reload rsyslog'],
  }

  exec { 'reload rsyslog':
    command     => '/usr/bin/systemctl reload rsyslog',
    refreshonly => true,
  }
}
