class a(String $x) { notify { 'n': message => $x } }
class { 'a': x => Deferred('upcase', ['a']) }
---
class a(Integer $x) { notify { 'n': message => $x } }
class { 'a': x => Deferred('upcase', ['a']) }
---
class a(Integer $x) { }
class { 'a': x => Deferred('size', ['a']) }
---
class a(Integer $x) { }
class { 'a': x => Deferred('defined', ['a']) }
---
class a(Sensitive[String] $x) { notify { 'n': message => $x } }
class { 'a': x => Sensitive('a') }
---
class a(Sensitive $x) { notify { 'n': message => "${x}" } }
class { 'a': x => Sensitive('a') }
---
class a(Integer $x = lookup('a::q', Integer, first, 5)) { notify { "$x": } }
include a
---
class a { $x = 1 }
class b inherits a { $y = $x + $a::x notify { "$y $b::y": } }
include b
---
define d(*$x) { }
d { 'a': }
---
class a($x, $x) { }
include a
---
class a($title) { }
---
function f($a) { notice($a) }
f()
---
function f() { $undefined }
notify { "${f()}": }
---
class a { function a::f() { 5 } notify { "${a::f()}": } }
include a
---
$x = notify { 'a': }
notify { "${type($x)}": }
---
if notify { 'a': } { notify { 'b': } }
---
notify { 'a': message => if true { 'x' } else { 'y' } }
---
notify { 'a': message => case 1 { 1: { 'one' } default: { 'd' } } }
---
$x = [1, 2, 3]
notify { "${x[1]} ${x[-1]} $x[0] ${x[0,2]}": }
---
notify { 'x': message => 0x1F + 017 }
---
notify { 'x': message => 1e3 * 2 }
---
notify { "${'%d items' % 5}": }
---
file { '/tmp/a': } -> File['/tmp/b']
file { '/tmp/b': }
---
class a { } Class[a] -> Class['nope']
include a
---
Class['A::B'] -> Notify['x']
class a::b { } include a::b notify { 'x': }
---
notify { 'a': subscribe => Class['a'] }
class a { } include a
---
notify { 'a': require => Class['a::B'] }
class a::b { } include a::b
---
node 'A.EXAMPLE.com' { notify { 'upper': } }
---
node 'a' { notify { 'short': } }
---
notify { $facts['nope']: }
---
notify { $nope: }
---
$x = $facts['os']['release']['full'] ? { /^(\d+)/ => $1, default => 'none' }
notify { $x: }
---
['a','b'].each |$i, $v| { notify { "$i=$v": } }
---
{'k' => 1}.each |$k, $v| { notify { "$k=$v": } }
---
{'k' => 1}.each |$p| { notify { "${p}": } }
---
range(1,3).each |$x| { notify { "$x": } }
---
Integer[1,3].each |$x| { notify { "$x": } }
---
3.each |$x| { notify { "$x": } }
---
'abc'.each |$x| { }
---
notify { 'x': message => 'a'.then |$x| { "$x!" } }
---
notify { 'x': message => undef.lest || { 'dflt' } }
---
$a = {a => 1}
$b = $a + {b => 2}
notify { "$b": }
---
notify { 'x': message => "${Sensitive('a')}" }
---
file { '/x': content => Sensitive('abc'), mode => '0600' }
---
unless false { notify { 'u': } } else { notify { 'v': } }
---
function r($n) { if $n > 0 { r($n - 1) } else { 0 } }
notify { "${r(200)}": }
---
function r($n) { r($n + 1) }
r(0)
---
define d($n) { if $n > 0 { d { "x$n": n => $n - 1 } } }
d { 'x': n => 50 }
---
class a { include b } class b { include a } include a
---
class a { contain b } class b { contain c } class c { notify{'x':} } include a
---
$x = [1,2,3].map |$i| { [1,2].map |$j| { $i * $j } }
notify{"$x":}
---
notify { 'a': message => $facts['networking']['interfaces'].keys }
---
define d { $r = Notify['later']['message'] notify { "r $r": } }
d { 'x': }
notify { 'later': message => 'm' }
---
class a($x) { notify { "$x": } }
class { 'a': x => $facts['kernel'] ? { 'Linux' => 'l', default => 'o' } }
---
class p { $a = 'p' Notify { message => 'pd' } }
class c inherits p { notify { "$a": } }
include c
---
class p { $a = 'p' }
class c inherits p { $a = 'c' }
class d inherits c { notify { "$a": } }
include d
---
define d { $title_copy = $title  include e } class e { notify { "in e ${title}": } }
d { 'x': }
---
notify { 'a': } Notify['a'] { message => 'x' }
---
if true { class inner { } }
---
define d { class e { } }
---
notify { 'x': message => $facts['os'], loglevel => debug }
---
file { '/x': content => "a\nb", ensure => 'present', require => undef }
---
exec { 'x': command => ['/bin/a', 'b'], unless => ['c', 'd'] }
---
notify { 'x': message => "${[1,2,[3,undef]]}" }
---
notify { 'x': message => regsubst('abc', 'b', 'X') }
---
notify { 'x': message => sprintf('%05.2f %s %x', 3.14159, 'a', 255) }
---
notify { ['a','b']: before => Notify['c'] } notify { 'c': }
---
user { 'x': password => Sensitive('a'), groups => ['b'] }
---
$h = {'a' => {'b' => [1,2]}}
notify { "${h['a']['b'][1]} ${h.dig('a','b',0)} $h": }
---
notify { "${$facts['os']['release']['major'] + 0}": }
---
notify { "a\
b": }
---
notify { 'x': message => @(E)
  a
  b
  E
}
---
class a { $v = lookup('nope::x', {default_value => 'dv'}) notify { $v: } } include a
---
Package { ensure => latest } package { 'a': } class z { Package { provider => 'apt' } package { 'b': } } include z
---
tag 'x'
notify { 'a': }
---
notify { 'a': tag => ['x','y'] } if tagged('x') { notify {'b': } }
---
$a = 'x'
$b = "${a}y"
case $b { /^x(.)$/: { notify { $1: } } }
---
notify { "${'a' ? { 'a' => undef, default => 1 }}|": }
---
node /x/ { notify { 'n': } }
node default { notify { 'd': } }
---
notify { 'x': }
-> class { 'c': }
class c { notify { 'y': } }
---
include c
class c($p = lookup('nope', String, 'first', 'dd')) { notify { $p: } }
---
[1,2].each |$x| { notify { "n$x": } } ~> notify { 'after': }
---
$r = [1,2].each |$x| { notify { "n$x": } }
notify { "$r": }
---
file { '/a': source => 'puppet:///modules/x/y', recurse => true, mode => 644 }
---
class c { notify { "${caller_module_name}|${module_name}": } } include c
---
Notify { tag => 'dt' } notify { 'a': tag => 'own' } notify { 'b': }
---
define d { notify { 'x': } } d { 'a': tag => 't1' } Notify <| tag == 't1' |> { message => 'c' }
---
@notify { 'v': } class c { realize Notify['v'] } include c
---
$x = 5
notify { "${x}th ${-$x} $x.y ${x.type}": }
---
notify { 'a': message => type(5) }
---
notify { "${assert_type(String, 'x')} ${[1,'a'].filter |$x| { $x =~ Integer }}": }
---
assert_type(Integer, 'x')
---
with(1) |String $x| { }
---
notify{ 'a': message => {'b' => File['/x'], File['/x'] => 1}} file{'/x':}
