# The web service with tighter permissions.
class web::hardened inherits web {
  File['/srv/web'] {
    mode  => '0750',
  }
  Exec['reload web'] {
    subscribe +> File['/etc/motd'],
  }
  realize(User['deploy'])
}
