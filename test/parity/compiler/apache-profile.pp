class { 'apache':
  default_vhost => false,
  mpm_module    => 'event',
}
apache::vhost { 'shop.example.com':
  port          => 80,
  docroot       => '/var/www/shop',
  serveraliases => ['www.shop.example.com'],
  directories   => [
    { path => '/var/www/shop', allow_override => ['All'], options => ['FollowSymLinks'], require => 'all granted' },
    { path => '/server-status', provider => 'location', require => 'ip 10.0.0.0/8' },
  ],
  rewrites      => [
    { comment => 'to https', rewrite_cond => ['%{HTTPS} off'], rewrite_rule => ['^ https://%{HTTP_HOST}%{REQUEST_URI} [L,R=301]'] },
  ],
  headers       => ['set X-Frame-Options "DENY"', 'unset Server'],
}
apache::vhost { 'secure.example.com':
  port     => 443,
  docroot  => '/var/www/secure',
  ssl      => true,
  ssl_cert => '/etc/ssl/secure.pem',
  ssl_key  => '/etc/ssl/secure.key',
  aliases  => [{ alias => '/img', path => '/srv/img' }],
  custom_fragment => "# custom\n",
}
apache::vhost { 'proxy.example.com':
  port       => 8080,
  docroot    => false,
  proxy_pass => [{ 'path' => '/app', 'url' => 'http://localhost:9000/' }],
  request_headers => ['set X-Forwarded-Proto "http"'],
  log_level  => 'warn',
  access_log_format => 'combined',
}
include apache::mod::info
include apache::mod::headers
include apache::mod::status
include apache::mod::deflate
include apache::mod::rewrite
