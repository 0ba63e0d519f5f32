# What watches the other nodes.
class profile::monitor (
  Integer $interval,
) {
  $port = lookup('profile::web::port', Integer, 'first', 8080)

  file { '/etc/monitor/targets.yaml':
    content => "---\ninterval: ${interval}\nweb_port: ${port}\n",
  }
}
