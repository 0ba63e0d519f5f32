file { ['/a', '/b']: ensure => file, mode => '0644' }
---
file { default: mode => '0600', owner => 'root'; '/a': ; '/b': mode => '0644' }
---
file { '/a': * => {ensure => file, mode => '0644'}, owner => 'x' }
---
file { '/a': * => {ensure => file}, ensure => absent }
---
file { '/a': * => 5 }
---
file { '/a': ensure => file, ensure => absent }
---
notify { 'a': ; 'b': ; 'a': }
---
notify { undef: }
---
notify { 5: }
---
notify { ['a', undef]: }
---
notify { '': }
---
notify { []: }
---
notify { 'a': message => 'x', noop => true, loglevel => 'err', tag => ['t1', 't2::t3'] }
---
notify { 'a': tag => 'bad tag' }
---
notify { 'a': alias => 'b' }
Notify['b'] -> notify { 'c': }
---
notify { 'a': alias => 'b' }
notify { 'b': }
---
notify { 'b': }
notify { 'a': alias => ['b', 'c'] }
---
exec { 'a': command => '/bin/true' }
exec { 'b': command => '/bin/true' }
---
file { '/a/': ensure => directory }
---
file { 'x': path => '/a' }
file { '/a': }
---
user { 'a': name => 'root' }
user { 'root': }
---
package { 'a': name => 'x' }
package { 'b': name => 'x', provider => 'gem' }
package { 'c': name => 'x' }
---
service { 'a': ensure => running, enable => true, subscribe => [File['/a'], Package['b']] }
file { '/a': }
package { 'b': }
---
@file { '/a': }
@@file { '/b': }
file { '/c': }
---
@file { '/a': tag => 'x' }
File <| tag == 'x' |>
---
@file { '/a': owner => 'u' }
@file { '/b': owner => 'v' }
File <| owner == 'u' or title == '/b' |>
---
@file { '/a': owner => ['u', 'w'] }
File <| owner == 'w' and title != '/b' |> { mode => '0600' }
---
@user { 'a': groups => ['x'] }
User <| title == 'a' |> { groups +> ['y'] }
---
file { '/a': mode => '0644' }
File <| |> { mode => '0600' }
---
File <| title == '/a' |> { mode => '0600' }
file { '/a': mode => '0644' }
---
define d($m = 1) { file { "/$title": mode => "$m" } }
d { 'x': }
D <| |> { m => 2 }
---
@d { 'v': }
define d() { notify { "in $title": } }
---
@d { 'v': }
define d() { notify { "in $title": } }
realize(D['v'])
---
realize(File['/nope'])
---
File <<| tag == 'x' |>>
---
Nope <| |>
---
Class <| |>
---
@file { '/a': }
realize(File['/a'], File['/a'])
---
File { mode => '0600' }
file { '/a': }
file { '/b': mode => '0644' }
---
File { mode => '0600' }
File { mode => '0644' }
---
File { nope => 1 }
file { '/a': }
---
class a { File { mode => '0600' } include b file { '/a': } }
class b { file { '/b': } }
include a
file { '/c': }
---
class a { File { mode => '0600' } d { 'x': } }
define d() { file { '/d': } }
include a
---
class a { Notify { message => 'dynamic' } contain b }
class b { notify { 'x': } }
class c { include b }
include c
include a
---
Exec { path => '/bin' }
define d() { exec { 'true': } Exec { cwd => '/' } exec { 'false': } }
d { 'x': }
---
file { '/a': mode => '0644' }
File['/a'] { owner => 'x' }
---
File['/a'] { owner => 'x' }
file { '/a': mode => '0644' }
---
File['/nope'] { owner => 'x' }
---
class base { file { '/a': mode => '0644', owner => 'x' } }
class derived inherits base { File['/a'] { mode => '0600', owner => undef } }
include derived
---
class base { file { '/a': require => Notify['n'] } notify { ['n', 'm']: } }
class derived inherits base { File['/a'] { require +> Notify['m'] } }
include derived
---
class base { $v = 'b' $w = 'w' }
class derived inherits base { $v = 'd' notify { "$v $w ${base::v}": } }
include derived
---
class base($p = 1) { notify { "base $p": } }
class derived($p = 2) inherits base { notify { "derived $p ${base::p}": } }
include derived
---
class derived inherits nope { }
include derived
---
class a inherits b { }
class b inherits a { }
include a
---
class p($a, $b = $a) { notify { "$a $b": } }
class { 'p': a => 5 }
---
class p($a) { }
class { 'p': }
---
class p(Integer $a = 'x') { }
include p
---
class p { }
class { 'p': nope => 1 }
---
class p { }
include p
class { 'p': }
---
class p { notify { 'p': } }
class { 'p': }
include p
---
class { ['p', 'q']: }
class p { notify { 'p': } }
class q { notify { 'q': } }
---
class a::b { notify { "$title $name": } }
include ::a::b
include a::b
---
class a { class b { notify { 'in b': } } }
include a::b
---
class a { require b notify { 'a': } }
class b { notify { 'b': } }
include a
---
class a { contain b contain c }
class b { notify { 'b': } }
class c { notify { 'c': } }
include a
---
class a { contain b } class b { contain a }
include a
---
include [a, b]
class a { } class b { }
---
include Class['a']
class a { }
---
include ''
---
include undef
---
include 5
---
class a { tag 'mytag', 'other' notify { 'x': } if tagged('mytag') { notify { 'tagged': } } }
include a
---
class a { noop => true }
---
class { 'a': noop => true, tag => 'cls' }
class a { notify { 'x': } d { 'y': } }
define d() { notify { "d $title": } }
---
d { 'y': noop => true, tag => 'dd', loglevel => 'debug', require => Notify['z'] }
define d() { notify { "d $title": loglevel => 'info' } }
notify { 'z': }
---
stage { 'pre': before => Stage['main'] }
class { 'a': stage => 'pre' }
class a { notify { 'x': } include b }
class b { notify { 'b': } }
---
class { 'a': stage => 'nope' }
class a { }
---
notify { 'x': stage => 'main' }
---
define d($a, $b = "b-$a", Optional[String] $c = undef) { notify { "$title $name $a $b [$c]": } }
d { 'one': a => 1 }
d { ['two', 'three']: a => 2, b => 3, c => 'c' }
---
define d() { e { "$title-e": } } define e() { notify { "in $title": } }
d { 'x': }
notify { 'last': }
---
define d() { d { "$title+": } }
d { 'x': name => 'y' }
notify { 'never': }
---
define a::b::c() { notify { $title: } }
a::b::c { 'x': }
A::B::C['x'] -> Notify['y']
notify { 'y': }
---
define d() { notify { $title: } }
::d { 'x': }
---
define d($name2 = $title) { notify { $name2: } }
d { 'x': }
---
define d($x) { $x = 1 }
d { 'a': x => 1 }
---
define d($n) { notify { "$title $n": } if $n > 0 { d { "$title.$n": n => $n - 1 } } }
d { 'x': n => 3 }
---
create_resources('notify', {a => {message => 1}, b => {}}, {message => 'default'})
---
create_resources('@notify', {a => {}})
create_resources('class', {c => {p => 1}})
class c($p) { notify { "c $p": } }
---
create_resources(d, {x => {a => 1}})
define d($a) { notify { "$title $a": } }
---
create_resources('nope', {x => {}})
---
ensure_packages('x')
---
$r = notify { 'x': }
notify { "$r": }
---
$r = file { ['/a', '/b']: }
$r -> notify { 'n': }
---
notify { 'a': } -> notify { 'b': } ~> notify { 'c': } <- notify { 'd': } <~ notify { 'e': }
---
Notify['a'] -> [Notify['b'], Notify['c']] -> Notify['d']
notify { ['a', 'b', 'c', 'd']: }
---
notify { 'a': } -> @notify { 'b': } -> notify { 'c': }
---
Notify <| title == 'a' |> -> Notify <| title == 'b' |>
notify { ['a', 'b']: }
---
Notify <| title == 'zz' |> -> notify { 'b': }
notify { 'a': } -> Notify <| title == 'zz' |> -> notify { 'c': }
---
File['/x'] -> Notify['a']
notify { 'a': }
---
Class['a'] -> Class['b']
class a { notify { 'x': } } class b { notify { 'y': } }
include a, b
---
5 -> Notify['a']
---
'Notify[a]' -> 'Notify[b]'
notify { ['a', 'b']: }
---
notify { 'a': require => [Notify['b'], [Notify['c'], undef]], before => undef }
notify { ['b', 'c']: }
---
notify { 'a': require => 'Notify[b]' }
notify { 'b': }
---
notify { 'a': require => 'nonsense' }
---
notify { 'a': notify => Service['nope'] }
---
file { '/a': ensure => file }
notify { 'b': message => File['/a']['ensure'], require => File['/a/'] }
---
notify { 'b': message => File['/nope']['ensure'] }
---
file { '/a': }
notify { 'b': message => File['/a']['nope'] }
---
notify { 'x': message => Sensitive('secret') }
---
define d(Sensitive[String] $s) { notify { 'x': message => $s } notify { 'y': message => $s.unwrap } }
d { 'a': s => Sensitive('pw') }
---
notify { 'x': message => Deferred('upcase', ['a']) }
---
notify { 'x': message => {a => [1, {b => undef}], 5 => Integer} }
---
node 'a.example.com' { notify { 'node': } }
node default { notify { 'default': } }
---
node /^a\./ { notify { "match $0": } }
node 'b' { }
---
node 'b' { }
---
node default { include c }
class c { notify { 'c': } }
notify { 'top': }
---
node 'a.example.com', /x/ { $v = 1 include c }
class c { notify { "v $v": } }
---
node /a/ { } node /a/ { }
---
class a { } class a { }
---
class a { } define a() { }
---
$v = 'top'
class a { notify { "a $v $::v": } }
class b { $v = 'b' include a notify { "b $v $::v ${a::v}": } }
include b
---
class a { $x = 1 }
notify { "$a::x": }
include a
notify { "again $a::x": }
---
class a($x = $b::y) { notify { "[$x]": } }
class b { $y = 'yes' }
include b
include a
---
class a($require = 1) { }
include a
---
class a { notify { 'x': } }
class { 'a': require => Notify['y'] }
notify { 'y': }
---
resources { 'user': purge => true }
schedule { 'daily': period => daily }
tidy { '/tmp': age => '1w' }
filebucket { 'main': }
group { 'g': gid => 5 }
---
mount { '/x': }
---
notify { "a b": }
notify { 'MiXeD::Case': }
---
File { '/a': mode => '0644' }
---
Resource['file'] { '/a': mode => '0644' }
---
Resource[File]['/a'] -> Notify['x']
file { '/a': } notify { 'x': }
---
Class['a'] { x => 1 }
---
file { '/a': mode => undef, owner => 'x' }
notify { "${File['/a']['mode']}|": }
---
if $facts['os']['family'] == 'Debian' { package { 'apache2': ensure => installed } } else { package { 'httpd': } }
---
$users = {'alice' => {uid => 1000}, 'bob' => {uid => 1001}}
$users.each |$name, $attributes| { user { $name: * => $attributes } }
---
['a', 'b'].each |String $x| { notify { $x: } -> notify { "$x after": } }
---
inline_epp('<%= $x %>')
---
notify { inline_epp('<%- | $x | -%>x is <%= $x %>', {x => 5}): }
---
notify { inline_epp('<%- | Integer $x, $y = 2 | -%><% if $x > 1 { -%>big <%= $x + $y %><% } -%>', {x => 5}): }
---
notify { inline_epp('<%- | $x | -%>x'): }
---
notify { inline_epp('<%- | Integer $x | -%>x', {x => 'a'}): }
---
notify { inline_epp('<%- | $x | -%>x', {x => 1, z => 2}): }
---
$y = 'loc'
notify { inline_epp("<% [1,2].each |\$i| { %>[<%= \$i %>:<%= \$y %>]<% } %>"): }
---
notify { 'x': message => inline_epp('<%= $s %>', {s => Sensitive('pw')}) }
---
notify { inline_epp('<%= 1 + %>'): }
