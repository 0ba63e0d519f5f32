notify { 'a': message => Sensitive('s') }
---
notify { 'a': message => [Sensitive('s'), 'x'] }
---
notify { 'a': message => {k => Sensitive('s')} }
---
class c(Sensitive[String] $p) { notify { 'x': message => $p } notify { 'y': message => $p.unwrap } notify { "z ${p}": } }
class { 'c': p => Sensitive('q') }
---
class c(String $p) { }
class { 'c': p => Sensitive('q') }
---
class c(Sensitive $p) { }
class { 'c': p => 'q' }
---
notify { Sensitive('a'): }
---
$s = Sensitive('a')
notify { "${s} ${s == Sensitive('a')} ${type($s)} ${$s =~ Sensitive[String]} ${$s =~ Sensitive[Integer]} ${Sensitive(Sensitive('x')).unwrap} ${$s.unwrap |$x| { $x.upcase }}": }
---
$s = Sensitive({a => 1})
notify { "${s['a']}": }
---
$s = Sensitive('abc')
notify { "${s.size}": }
---
$s = Sensitive('abc')
notify { "${s + 1}": }
---
file { '/x': content => Sensitive("a ${Sensitive('b')}") }
---
Notify { message => Sensitive('d') }
notify { 'a': }
---
notify { 'a': message => 'x' }
Notify <| title == 'a' |> { message => Sensitive('y') }
---
define d($p) { notify { $title: message => $p } }
d { 'a': p => Sensitive('s') }
---
define d(Sensitive[Integer] $p) { }
d { 'a': p => Sensitive('s') }
---
create_resources('notify', {'a' => {'message' => Sensitive('x')}})
---
notify { 'a': message => Deferred('f', [1]) }
---
notify { 'a': message => Deferred('upcase') }
---
notify { 'a': message => Deferred('$x') }
---
notify { 'a': message => Deferred('X') }
---
notify { 'a': message => Deferred() }
---
notify { 'a': message => Deferred('f', 5) }
---
class c(Integer $p) { notify { 'x': message => "${p}" } }
class { 'c': p => Deferred('strftime', ['%s']) }
---
$d = Deferred('upcase', ['a'])
notify { "${d} ${d.name} ${d.arguments} ${d =~ Deferred} ${type($d)} ${d.call}": }
---
notify { 'a': message => Timestamp('2020-01-01T00:00:00.123456789 UTC') }
notify { 'b': message => [Timespan('1-02:03:04.5'), SemVer('1.2.3-rc1+b'), SemVerRange('>=1.0.0'), URI('http://a/b?c#d'), Binary('aGVsbG8='), /re/, default, Integer[1], File['/x'], Class['c'], Type[String]] }
file { '/x': }
class c { }
include c
---
notify { 'a': message => {1 => 'x', 1.5 => 'y', true => 'z', undef => 'u', [1] => 'arr', {a => 1} => 'h', default => 'd', Integer => 't', /r/ => 're'} }
---
notify { 'a': message => 1.0 }
notify { 'b': message => -0.0 }
notify { 'c': message => 1e100 }
notify { 'd': message => 9223372036854775807 }
notify { 'e': message => 1.5e-9 }
---
notify { 'a': message => undef, withpath => false }
notify { 'b': message => [undef], loglevel => default }
notify { 'c': message => {a => undef} }
---
notify { 'a': message => [] }
notify { 'b': message => {} }
notify { 'c': message => [[]] }
notify { 'd': message => [['x']] }
notify { 'e': message => ['one'] }
---
notify { 'a': message => Integer[1,3].map |$x| { $x } }
notify { 'b': message => [1,2].reverse_each }
notify { 'c': message => 'abc'.reverse_each }
notify { 'd': message => {a => 1}.reverse_each }
---
notify { 'a': message => String }
notify { 'b': message => Optional[Integer[1, 2]] }
notify { 'c': message => [File, Class] }
---
notify { 'a': require => [undef, Notify['b'], []], message => x }
notify { 'b': }
---
notify { 'a': tag => [undef, 'x', ['y', 'z']] }
---
notify { 'a': tag => undef }
---
notify { 'a': tag => [] }
---
notify { 'a': tag => '' }
---
notify { 'a': tag => 'x::y::z' }
---
notify { 'a': tag => [1, true, 1.5] }
---
tag('foo', 'bar::baz')
notify { 'a': }
---
class c { tag('foo') notify { 'a': } if tagged('foo') { notify { 'tagged': } } }
include c
if tagged('c') { notify { 'tc': } }
if tagged('foo') { notify { 'tf': } }
---
class c { notify { 'a': } }
class { 'c': tag => ['x', 'y'] }
define d { notify { "d ${title}": } }
d { 'q': tag => 'dt' }
---
schedule { 's': }
notify { 'a': schedule => 's' }
class c { notify { 'b': } }
class { 'c': schedule => 's' }
---
class c { notify { 'b': noop => false } notify { 'd': } }
class { 'c': noop => true, loglevel => debug }
---
notify { 'a': alias => 'b' }
Notify['b'] -> notify { 'c': }
---
notify { 'a': alias => ['b', 'c'] }
notify { 'd': require => Notify['c'] }
---
class c { }
class { 'c': alias => 'q' }
notify { 'a': require => Class['q'] }
---
exec { 'a b': path => '/bin', alias => 'x' }
exec { 'c': command => 'a b', path => '/bin', require => Exec['x'] }
---
notify { 'a': audit => all, before => 'Notify[b]' }
notify { 'b': }
---
notify { 'a': message => Class }
---
notify { 'a': message => Notify }
---
notify { 'a': message => {k => Class} }
---
notify { 'a': message => Shop::Account }
---
notify { 'a': message => Kit_full }
---
notify { 'a': message => Type[File] }
---
notify { 'a': message => {{'b' => ['x', undef, :y]} => 1} }
---
notify { 'a': message => {{'b' => ['x', undef, 1.5, true]} => 1, File['/x'] => 2, [undef, 'q', {z => 1}] => 3} }
---
define d($p) { notify { "${p}": } }
d { 'x': p => Class }
---
File { owner => Class }
---
notify { 'a': before => File }
---
notify { 'a': require => Class }
---
notify { 'a': message => Timestamp('2020-01-01T00:00:00.123456789 UTC') }
notify { 'b': message => [Timespan('1-02:03:04.5'), SemVer('1.2.3-rc1+b'), SemVerRange('>=1.0.0'), URI('http://a/b?c#d'), Binary('aGVsbG8='), /re/, default, Integer[1], File['/x'], Class['c'], Type[String]] }
file { '/x': }
class c { }
include c
---
notify { 'a': message => {1 => 'x', 1.5 => 'y', true => 'z', undef => 'u', [1] => 'arr', {a => 1} => 'h', default => 'd', Integer[1] => 't', /r/ => 're', File['/x'] => 1} }
---
notify { 'a': message => {k => [{1 => default}, [Deferred('f')]], 'a b' => {"q'" => /x/}} }
---
notify { 'a': message => Sensitive(/x/) }
---
notify { 'a': message => Sensitive({1 => Sensitive(2)}) }
---
define d($p) { notify { 'n': message => $p } }
d { 'x': p => Optional[Integer] }
class c($q) { }
class { 'c': q => Error }
---
type P = Object[{attributes => {x => Integer}}]
notify { 'n': message => P.new(1) }
---
type P = Object[{attributes => {x => Integer}}]
notify { 'n': message => P }
---
notify { 'n': message => Shop::Port }
---
@@notify { 'n': message => /x/ }
---
@notify { 'n': message => /x/ }
---
notify { 'n': message => Deferred('upcase', [/x/]) }
---
notify { 'n': message => SemVerRange('>=1.0.0') }
---
notify { 'n': message => Regexp[/a/] }
---
notify { 'n': message => [Notify['n'], Type[File['/x']]] }
---
class c(String $x) { notify { 'n': message => $x } }
class { 'c': x => Deferred('shop::double', [1]) }
---
class c(Integer $x) { notify { 'n': message => 1 } }
class { 'c': x => Deferred('shop::double', [1]) }
---
class c(Integer $x) { notify { 'n': message => 1 } }
class { 'c': x => Deferred('shop::home', ['a']) }
---
class c(String $x) { notify { 'n': message => 1 } }
class { 'c': x => Deferred('shop::home', ['a']) }
---
class c(Sensitive[String] $x) { }
class { 'c': x => Deferred('shop::home', ['a']) }
---
class c(Array[String] $x) { }
class { 'c': x => [Deferred('shop::home', ['a'])] }
---
class c(Variant[String, Deferred] $x) { }
class { 'c': x => Deferred('shop::home', ['a']) }
