# A small web service.
class web (
  Base::Port $port,
  String $heading,
  Optional[Sensitive[String]] $secret = Sensitive('geheim'),
) {
  require base

  file { '/srv/web':
    ensure => directory,
  }
  file { '/srv/web/index.html':
    content => epp('web/index.html.epp', { 'title' => $heading, 'items' => ['one', 'two & three'] }),
  }
  file { '/srv/web/secret':
    content => $secret,
    mode    => '0600',
  }
  file {
    default:
      ensure => file,
      group  => 'www',
    ;
    ['/srv/web/a', '/srv/web/b']:
      content => 'x',
    ;
    '/srv/web/c':
      group => 'other',
  }

  exec { 'reload web':
    command     => '/usr/bin/true',
    refreshonly => true,
    subscribe   => File['/srv/web/index.html', '/srv/web/secret'],
  }

  User <| tag == 'deployers' |> { shell => '/bin/sh' }
  File <| tag == 'home' and owner != 'root' |>
  Web::Peer <<| |>>

  Package <| |> -> Class['web']
  File['/srv/web'] -> [File['/srv/web/index.html'], File['/srv/web/a']] ~> Exec['reload web']
}
