/**
 * A server configuration of about so many lines, as data-driven modules write them: one virtual host after another, each
 * with names and paths of its own, its directories, headers, rewriting, access rules and conditions.
 * @param {number} lines
 * @returns {string}
 */
export function apacheLines(lines) {
  const hosts = []
  for (let i = 0, count = 0; count < lines; i++) {
    const host = virtualHost(i)
    const room = lines - count
    hosts.push(...(host.length <= room ? host : Array.from({ length: room }, (_, j) => `# ${j}`)))
    count += Math.min(room, host.length)
  }
  return `${hosts.join('\n')}\n`
}

function virtualHost(i) {
  const name = `site${i}.example.com`
  const root = `/srv/www/${name}`
  return `# ${name}
<VirtualHost 192.0.2.${i % 250}:${8000 + (i % 50)}>
  ServerName ${name}
  ServerAlias www.${name} static.${name}
  ServerAdmin "webmaster@${name}"
  DocumentRoot "${root}/public"

  ## Directories, there should at least be a declaration for ${root}
  <Directory "${root}/public">
    Options -Indexes +FollowSymLinks
    AllowOverride None
    Require all granted
    AddType application/wasm .wasm
    <IfModule mod_expires.c>
      ExpiresActive On
      ExpiresByType text/css "access plus ${1 + (i % 11)} months"
      ExpiresDefault "access plus 10 minutes"
    </IfModule>
  </Directory>
  <Directory "${root}/internal">
    AuthType Basic
    AuthName "Staff of ${name}"
    AuthUserFile /etc/apache2/users-${i}
    <RequireAny>
      Require ip 10.${i % 200}.0.0/16
      Require valid-user
    </RequireAny>
  </Directory>
  <FilesMatch "\\.(?:bak|sql|swp|v${i})$">
    Require all denied
  </FilesMatch>

  ## Logging
  ErrorLog "/var/log/apache2/${name}_error.log"
  LogLevel warn rewrite:info
  CustomLog "/var/log/apache2/${name}_access.log" "%h %l %u %t \\"%r\\" %>s %b" env=!quiet${i % 7}
  SetEnvIf Request_URI "^/ping/${i}$" quiet${i % 7}

  ## Headers
  Header always set Strict-Transport-Security "max-age=${31536000 + i}; includeSubDomains"
  Header always set X-Content-Type-Options nosniff
  Header set X-Site "${name}" "expr=%{REQUEST_URI} =~ m#^/api/${i}/#"

  ## Rewriting
  RewriteEngine On
  RewriteCond %{HTTP_HOST} !^www\\.site${i}\\.example\\.com$ [NC]
  RewriteCond %{REQUEST_URI} !^/\\.well-known/
  RewriteRule ^/?(.*)$ https://www.${name}/$1 [R=301,L,NE]
  RewriteRule ^/old-${i}/(\\d+)$ \\
    /new/$1 [PT,QSA]
  RedirectMatch 410 ^/gone-${i}/
  Alias /media "${root}/media"
  <Location "/app${i}">
    ProxyPass http://127.0.0.1:${10000 + (i % 20000)}/app retry=0 timeout=${5 + (i % 60)}
    ProxyPassReverse http://127.0.0.1:${10000 + (i % 20000)}/app
    SetEnv proxy-nokeepalive 1
  </Location>
  <If "%{HTTP_USER_AGENT} =~ /bot${i}/ && -n %{HTTP:Accept}">
    Header set X-Robots-Tag noindex
  </If>
  ErrorDocument 404 "/errors/${i}.html"
</VirtualHost>
`.split('\n')
}
