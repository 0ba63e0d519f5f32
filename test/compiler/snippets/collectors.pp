# collectors
@user { ['a', 'b', 'c']: ensure => present, groups => ['wheel', 'staff'], tag => 'x' }
User <| groups == 'wheel' and title != 'b' |>
---
@user { 'a': groups => 'wheel' }
@user { 'b': groups => ['wheel'] }
User <| groups == 'wheel' |> { shell => '/bin/sh' }
---
@file { ['/a', '/b']: mode => '0644' }
File <| title == '/a' or mode == '0600' |> { owner => root, group +> x }
---
@notify { 'a': tag => ['one', 'two'] }
@notify { 'b': tag => 'one' }
Notify <| tag == 'one' and tag != 'two' |>
---
@notify { 'a': tag => ['one', 'two'] }
Notify <| (tag == 'one' or tag == 'three') and (tag == 'two') |> { message => 'collected' }
---
define d($x = 1) { notify { "d ${title} ${x}": } }
@d { ['a', 'b']: x => 3 }
D <| title == 'a' |> { x => 5 }
---
define d($x = 1) { notify { "d ${title} ${x}": } }
@d { 'a': }
realize(D['a'])
realize D[a]
---
define d() { @notify { "v ${title}": } }
d { 'a': }
Notify <| |>
---
define d() { notify { "v ${title}": } }
@d { 'a': tag => t }
Notify <| tag == t |>
D <| tag == t |>
---
class c { @notify { 'in c': } }
include c
Notify <| tag == c |>
---
Notify <| title == 'later' |> -> notify { 'after': }
@notify { 'later': }
---
notify { 'n': } -> Notify <| title == 'nope' |> -> notify { 'z': }
---
@notify { 'a': } -> notify { 'b': }
---
Notify <| title == a |> ~> Notify <| title == b |>
@notify { 'a': }
@notify { 'b': }
---
notify { 'x': message => 'orig' }
Notify <| title == 'x' |> { message => 'over' }
---
class p { notify { 'x': message => 'orig' } }
class p::c inherits p { Notify['x'] { message => 'child' } }
include p::c
Notify <| title == 'x' |> { message => 'over' }
---
class p { notify { 'x': message => 'orig', tag => 'a' } }
class p::c inherits p { Notify['x'] { message => 'child', tag +> 'b', loglevel => info } }
include p::c
---
class p { notify { 'x': message => 'orig' } }
class p::c inherits p { Notify['x'] { message +> 'child' } }
include p::c
---
class p { file { '/x': require => Notify['a'] } notify { ['a','b']: } }
class p::c inherits p { File['/x'] { require +> Notify['b'] } }
include p::c
---
class p { file { '/x': } notify { ['a','b']: } }
class p::c inherits p { File['/x'] { require +> Notify['b'] } }
class p::c::d inherits p::c { File['/x'] { require +> Notify['a'] } }
include p::c::d
---
class p { file { '/x': ensure => file } }
class p::c inherits p { File['/x'] { ensure => undef } }
include p::c
---
class p { file { '/x': ensure => file } }
class q inherits p { }
class r { File['/x'] { ensure => absent } }
include q
include r
---
file { '/x': }
File['/x'] { mode => '0644' }
File['/x'] { owner => 'a' }
---
File['/nope'] { mode => '0644' }
---
file { ['/x', '/y']: }
File['/x', '/y'] { mode => '0644' }
---
class p { file { ['/x', '/y']: } }
class p::c inherits p { File['/x', '/y'] { mode => '0644' } }
include p::c
---
class p { define2 { 'a': v => 1 } }
define define2($v, $w = 2) { notify { "${title} ${v} ${w}": } }
class p::c inherits p { Define2['a'] { v => 5, w => 6 } }
include p::c
---
@@notify { 'e': tag => 'x' }
Notify <<| tag == 'x' |>>
---
@@file { '/e': mode => '1' }
File <<| |>> { owner => x }
---
Notify <<| title == 'a' |>> -> notify { 'b': }
---
User <| uid > 500 |>
---
User <| uid == 500 and |>
---
User <| title =~ /a/ |>
---
@user { 'u': uid => 500 }
User <| uid == '500' |>
---
@user { 'u': uid => '500' }
User <| uid == 500 |>
---
@user { 'u': managehome => true }
User <| managehome == true |>
---
@user { 'u': home => undef }
User <| home == undef |>
---
$g = 'x'
@user { 'u': comment => 'x' }
User <| comment == $g |>
---
@user { 'u': comment => 'x y' }
User <| comment == "${'x'} y" |>
---
@user { 'u': }
User <| name == 'u' |>
---
@file { 'f': path => '/f' }
File <| path == '/f' |>
---
@file { '/f': }
File <| path == '/f' |>
---
@file { '/f': require => Notify['n'] }
notify { 'n': }
File <| require == Notify['n'] |>
---
Class <| |>
---
class c { }
Class <| title == 'c' |> { x => 1 }
---
Foo::Bar <| |>
---
@notify { 'a': noop => true }
Notify <| noop == true |>
---
@notify { 'A b': tag => 'T' }
Notify <| title == 'a b' or tag == 't' |>
---
@notify { 'a': schedule => s, alias => 'b' }
Notify <| alias == 'b' |>
---
$c = Notify <| |>
notify { "${c}": }
---
[Notify <| |>, 1].each |$x| { notify { "${x}": } }
---
realize(Notify['a'], Notify['b'])
@notify { ['a', 'b', 'c']: }
---
realize(['Notify[a]'])
@notify { 'a': }
---
realize('a')
---
realize()
---
realize(Notify['zz'])
---
realize(Class['x'])
---
@class { 'x': }
---
class x { }
@@class { 'x': }
---
class x { }
@class { 'x': }
realize Class['x']
---
@notify { 'a': }
Notify['a'] -> notify { 'b': }
---
@notify { 'a': before => Notify['b'] }
notify { 'b': }
---
notify { 'b': require => Notify['a'] }
@notify { 'a': }
---
Notify { message => 'default' }
@notify { 'a': }
Notify <| |>
---
define d { Notify { message => 'in d' } include e }
class e { notify { 'x': } }
d { 'a': }
---
class a { Notify { message => 'in a' } include b notify { 'a': } }
class b { notify { 'b': } d { 'd': } }
define d { notify { 'd': } }
include a
---
class a { Notify { message => 'in a' } d { 'd': } }
define d { Notify { loglevel => info } notify { 'd': } }
include a
---
Notify { message => 'one' }
Notify { message => 'two' }
---
Notify { message => 'one' }
Notify { loglevel => info }
notify { 'a': }
---
Notify { message => 'one' }
notify { 'a': message => undef }
---
Notify { tag => 'x' }
notify { 'a': tag => 'y' }
---
Notify { tag +> 'x' }
notify { 'a': tag => 'y' }
---
File { require => Notify['a'] }
file { '/x': require => Notify['b'] }
notify { ['a', 'b']: }
---
node default { Notify { message => 'node' } }
notify { 'a': }
---
Notify { message => 'site' }
node default { notify { 'a': } include c }
class c { notify { 'c': } }
---
class a { Notify { message => 'a' } }
class b inherits a { notify { 'b': } }
include b
---
Exec { path => '/bin' }
class a { Exec { timeout => 5 } exec { 'x': } }
include a
---
Notify['a'] { message => 'later' }
notify { 'a': }
