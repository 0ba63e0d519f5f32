# What is held back.
class profile::filter (
  Enum['fast', 'thorough'] $engine,
  Float $threshold,
  Array[String[1]] $lists,
  Hash[String[1], Hash] $notes = {},
) {
  $passes = { 'fast' => 1, 'thorough' => 3 }[$engine]

  file { '/etc/gateway/filter.conf':
    content => template('profile/filter.conf.erb'),
  }

  file { '/etc/gateway/rules':
    source => "puppet:///modules/profile/${engine}.rules",
  }

  file { '/etc/gateway/notes':
    ensure => directory,
  }
  create_resources('file', $notes)
}
