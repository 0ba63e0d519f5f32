# A web server with three sites.
class profile::webserver (
  Hash[String[1], Hash] $sites,
) {
  class { 'apache':
    default_vhost => false,
    server_tokens => 'Prod',
    timeout       => 60,
  }

  include apache::mod::rewrite
  include apache::mod::headers
  include apache::mod::proxy
  include apache::mod::status
  include apache::mod::proxy_http

  apache::vhost { 'shop.example.com':
    port        => 80,
    docroot     => '/var/www/shop',
    directories => [
      {
        'path'           => '/var/www/shop',
        'options'        => ['FollowSymLinks', 'MultiViews'],
        'allow_override' => ['All'],
        'require'        => 'all granted',
      },
      {
        'path'     => '\.bak$',
        'provider' => 'filesmatch',
        'require'  => 'all denied',
      },
    ],
    rewrites    => [
      {
        'comment'      => 'Canonical host name',
        'rewrite_cond' => ['%{HTTP_HOST} !^shop\.example\.com$ [NC]'],
        'rewrite_rule' => ['^(.*)$ https://shop.example.com$1 [R=301,L]'],
      },
    ],
  }

  apache::vhost { 'shop.example.com-ssl':
    servername => 'shop.example.com',
    port       => 443,
    docroot    => '/var/www/shop',
    ssl        => true,
    ssl_cert   => '/etc/ssl/certs/shop.pem',
    ssl_key    => '/etc/ssl/private/shop.key',
    headers    => [
      'always set Strict-Transport-Security "max-age=31536000"',
      'set X-Content-Type-Options nosniff',
    ],
  }

  $sites.each |$name, $options| {
    apache::vhost { $name:
      * => $options,
    }
  }
}
