kit_full { '/a': needed => 'x', level => 42, items => [1, 2], flag => yes }
---
kit_full { '/a': }
---
kit_full { 'relative': needed => x, level => 99, checked => 'bad', ensure => nope }
---
kit_full { '/a': nope => 1 }
---
kit_full { '/a': provider => plain, fast_mode => 1 }
---
kit_full { '/a': ensure => latest }
kit_full { '/b': path => '/a' }
---
kit_full { '/a': }
kit_full { '/a/': }
---
kit_full { '/a': }
kit_full { 'b': path => '/a/' }
---
kit_pair { 'a:b': }
kit_pair { 'x': first => 'a', second => 'b' }
---
kit_pair { 'a:b': }
kit_pair { 'x': first => 'A', second => 'b' }
---
kit_pair { 'a': second => 's' }
kit_pair { 'b': first => 'a', second => 's' }
---
kit_pair { 'a:b:c': }
---
kit_pair { 'a b': }
---
kit_loose { 'a': message => 1 }
kit_loose { 'b': name => 'a' }
---
kit_loose { 'a': }
kit_loose { 'a': }
---
kit_broken { 'a': }
---
kit_nothing { 'a': }
---
kit_syntax { 'a': }
---
kit_noname { 'a': value => 1 }
---
kit_meta { 'a': one => 1, two => 2, list => [a], own_list => b, kv => 'a=1', ok => true, copied => 3 }
---
kit_meta { 'a': provider => x }
---
kit_full { 'a': name => '/x' }
kit_full { '/x': }
---
Kit_full { level => 2 }
kit_full { '/a': }
Kit_full['/a'] { items => [3] }
---
@kit_full { '/a': tag => t }
Kit_full <| tag == t |> { needed => 'y' }
---
realize Kit_full['/a']
---
notify { "${defined('kit_full')} ${defined(Kit_full)} ${Kit_full} ${Kit_full['/a']} ${defined('kit_nothing2')}": }
---
notify { "${defined('kit_broken')}": }
---
$t = Kit_full
$t { nope => 1 }
---
Kit_full { nope => 1 }
kit_full { '/a': }
---
create_resources('kit_full', { '/a' => { needed => 1 }, '/b' => { nope => 1 } })
---
create_resources('kit_nothing3', { '/a' => { needed => 1 } })
---
ensure_resource('kit_full', '/a', {})
---
file { '/x': ensure => bogus, mode => 'abc', owner => -1 }
---
file { 'relative': }
---
exec { 'foo bar': }
---
exec { 'x': command => ['a', 'b'], unless => [['c', 'd']] }
---
service { 's': ensure => 5, enable => 'maybe' }
---
package { 'p': ensure => latest, bogus => 1 }
---
user { 'u': uid => 'x', groups => 'a' }
---
cron { 'c': }
---
tidy { '/t': age => x }
resources { 'nope': purge => true }
schedule { 's': period => x }
filebucket { 'f': path => false }
stage { 'late': }
---
notify { 'a': withpath => 5, loglevel => bogus, noop => maybe, audit => x, schedule => s }
---
notify { 'a': require => Nope['x'] }
---
notify { 'a': require => 'x' }
---
notify { 'a': require => 'File[/x]' }
---
notify { 'a': require => ['File[/x]', Notify['b']] }
notify { 'b': }
---
notify { 'a': require => 5 }
---
notify { 'a': before => [[Notify['b']]], subscribe => undef }
notify { 'b': }
---
notify { 'a': name => 'b' }
notify { 'b': }
---
notify { 'a': title => 'b' }
---
file { '/a/': }
file { '/a': }
---
file { '/a//b': }
file { '/a/b': }
---
file { ['/a', '/b/']: }
-> File['/b']
---
file { '/x': source => ['a', 'b'], content => 'c' }
---
package { 'a': provider => gem }
package { 'a2': name => 'a', provider => apt }
package { 'a3': name => 'a', provider => gem }
---
host { 'h': ip => '1.2.3.4' }
---
Kit_full <| |>
kit_full { '/z': }
---
Kit_nope <| |>
---
Kit_nope <<| |>>
---
Kit_nope['a'] -> Notify['b']
notify { 'b': }
---
Kit_nope { a => 1 }
---
@@kit_full { '/e': needed => 1 }
@@kit_nope { '/e': }
