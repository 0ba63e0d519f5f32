# A relay for the mail of the other nodes.
class profile::mail (
  String[1] $relay,
) {
  file { '/etc/postfix/main.cf':
    content => "myhostname = ${facts['networking']['fqdn']}\nrelayhost = [${relay}]:25\n",
    notify  => Service['postfix'],
  }

  service { 'postfix':
    ensure => running,
  }
}
