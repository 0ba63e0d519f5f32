$a = [1.5e-7, 100000000000000000.0, 1234567890.123456789, 2.0, -0.0, 1e15, 1e16, 123456789012345680.0, 1e-4, 1e-5, 0.1, 1e100, 1.0E3]
notify { "${a}": }
---
$a = [undef, true, 1.5, 'q"', "a'b", "x\ny", default, /a\/b/, Integer[1], {undef => undef, 1 => [2]}, '', 'a b', :x]
notify { "${a}": }
---
$a = [undef, true, 1.5, 'q"', "a'b", "x\ny", default, /a\/b/, Integer[1], {undef => undef, 1 => [2]}, '', 'a b']
notify { "${a}": }
---
notify { "${1.5 << 1}": }
---
notify { "${8 >> 1.9} ${8 >> '1'} ${1 << '0x2'}": }
---
# relationships
notify { 'a': } -> notify { 'b': } ~> notify { 'c': } <- notify { 'd': } <~ notify { 'e': }
---
Notify['a'] -> Notify['b']
notify { ['a', 'b']: }
---
Notify['a', 'b'] -> [Notify['c'], Notify['d']]
notify { ['a', 'b', 'c', 'd']: }
---
Notify['a'] -> Notify['nope']
notify { 'a': }
---
notify { 'a': before => Notify['nope'] }
---
[Notify['a'], 'x'] -> Notify['a']
notify { 'a': }
---
'Notify[a]' -> Notify['b']
notify { ['a', 'b']: }
---
'a' -> Notify['b']
notify { 'b': }
---
5 -> Notify['b']
---
[] -> Notify['b']
notify { 'b': }
---
undef -> Notify['b']
notify { 'b': }
---
class a { notify { 'a': } }
class b { notify { 'b': } }
Class['a'] -> Class['b']
include a, b
---
class a { notify { 'a': } }
class b { notify { 'b': } }
include(a) -> include(b)
---
class a { notify { 'a': } }
class b { notify { 'b': } }
contain(a) ~> contain(b)
---
class a { notify { 'a': } }
class { 'a': } -> notify { 'x': }
---
class a { contain b }
class b { notify { 'b': } }
include a
---
class a { require b notify { 'a': } }
class b { notify { 'b': } }
include a
---
class a { include b contain b require b }
class b { }
contain a
---
define d { contain c }
class c { notify { 'c': } }
d { ['a', 'b']: }
---
class a { contain a }
include a
---
class a { include b }
class b { include a notify { 'b': } }
include a
---
class a { require b }
class b { require a }
include a
---
class a inherits b { }
class b inherits a { }
include a
---
class a inherits a { }
include a
---
class a inherits nope { }
include a
---
class a inherits default { }
include a
---
class a($x) { }
class b inherits a { }
include b
---
class a($x = 1) { $y = 2 }
class b($z = $x) inherits a { notify { "${x} ${y} ${z} ${a::x}": } }
include b
---
class a { $x = 1 }
class b inherits a { $x = 2 notify { "${x} ${a::x}": } }
include b
---
class { 'stage_test': stage => late }
stage { 'late': require => Stage['main'] }
class stage_test { notify { 's': } }
---
class { 'stage_test': stage => nope }
class stage_test { notify { 's': } }
---
class a { notify { 's': stage => main } }
include a
---
stage { 'pre': before => Stage['main'] }
class c { include d }
class d { notify { 'd': } }
class { 'c': stage => pre }
---
class c { notify { 'x': } }
class { 'c': } 
class { 'c': }
---
class c { notify { 'x': } }
include c
class { 'c': }
---
class c($a) { }
class { 'c': }
---
class c($a) { }
class { 'c': a => 1, b => 2 }
---
class c($a) { }
include c
---
class c(String $a, Integer $b = 'x') { }
class { 'c': a => 1 }
---
class c(String $a) { }
class { 'c': a => undef }
---
class c(Optional[String] $a) { notify { "[${a}]": } }
class { 'c': }
---
class c(Optional[String] $a) { notify { "[${a}]": } }
class { 'c': a => undef }
---
class c($a = 5) { notify { "[${a}]": } }
class { 'c': a => undef }
---
class c($a = undef) { notify { "[${a}]": } }
include c
---
class c($a = $b, $b = 2) { notify { "[${a}]": } }
include c
---
class c($a = 2, $b = $a + 1) { notify { "[${b}]": } }
class { 'c': a => 5 }
---
class c($name) { }
---
class c($facts) { }
include c
---
class c($tag) { notify { "x ${tag}": } }
class { 'c': tag => 'foo' }
---
class c($noop = true) { notify { "x": } }
include c
---
define d($name) { }
---
define d($title) { }
---
define d($x, $x) { }
---
define d($a) { notify { "${a} ${name} ${title} ${module_name} ${caller_module_name}": } }
d { 'x': a => 1 }
---
define d($a = $title, $b = "${name}-x") { notify { "${a} ${b}": } }
d { 'x': }
---
define d(Integer $a) { }
d { 'x': a => 'y' }
---
define d(Integer $a) { }
d { 'x': }
---
define d { d { "${title}x": } }
d { 'x': }
---
define d { }
d { 'x': }
d { 'x': }
---
define d { notify { 'same': } }
d { ['x', 'y']: }
---
define d { }
define d { }
---
class d { }
class d { notify { 'second': } }
include d
---
class d { }
define d { }
---
define d { class x { } }
---
class a { class b { notify { 'ab': } } define c { notify { "abc ${title}": } } }
include a
include a::b
a::c { 'x': }
---
class a { class a::b { notify { 'ab': } } }
include a
include a::a::b
---
class ::a { notify { 'a': } }
include ::a
---
class A { }
---
class a-b { }
---
class a::B { }
---
class 'a' { }
---
class a b { }
---
class 1a { }
---
class _a { }
include _a
---
class a_ { notify { 'x': } }
include a_
---
define a::_b { }
---
class node { }
---
class true { }
---
define type { }
---
define string { }
---
class integer { }
---
class any { }
---
function integer() { }
---
function a-b() { }
---
function A() { }
---
function if() { }
---
node 'a.example.com' { notify { 'exact': } }
node default { notify { 'default': } }
---
node /^a\./ { notify { "re $0 $1": } }
node /example/ { notify { 'second': } }
---
node /^(\w)\.(ex)/ { notify { "re $1 $2": } class c { notify { "c ${1}": } } }
---
node 'a' { notify { 'short': } }
node default { notify { 'default': } }
---
node 'a.example' { notify { 'mid': } }
node default { notify { 'default': } }
---
node 'b', 'a.example.com' { notify { 'list': } }
---
node 'b' { notify { 'list': } }
---
node default { }
node default { }
---
node 'x' { }
node 'x' { }
---
node a inherits b { }
---
node A.example.com { notify { 'upper': } }
---
node 'A.EXAMPLE.COM' { notify { 'upper': } }
---
node default { $x = 1 include c }
class c { notify { "[${x}]": } }
---
$x = 'top'
node default { $x = 'node' include c notify { "n ${x} ${::x}": } }
class c { notify { "c ${x}": } define d { notify { "d ${x}": } } d { 'q': } }
---
node default { class x { } }
---
node default { notify { 'x': } }
notify { 'x': }
---
if true { node default { } }
---
node "a${1}" { }
---
node a.b.c, 'x y' { }
---
node default { define x { } }
---
class a { node default { } }
---
function f() { class x { } }
---
function f() { notify { 'from f': } }
f()
---
function f() { $x }
$x = 5
notify { "[${f()}]": }
---
function f($n) { if $n == 0 { 0 } else { f($n - 1) } }
notify { "${f(50)}": }
---
$x = [1,2,3].each |$i| { notify { "${i}": } }
notify { "x ${x}": }
---
Integer[1, 3].each |$i| { notify { "${i}": } }
---
3.each |$i| { notify { "${i}": } }
---
'abc'.each |$i| { notify { "${i}": } }
---
Enum['a', 'b'].each |$i| { notify { "${i}": } }
---
$x = Integer[1, 10].step(3)
notify { "${x} ${x.map |$i| { $i }} ${type($x)}": }
---
$x = [1,2,3].reverse_each
notify { "${x} ${x.map |$i| { $i }} ${[*$x]} ${$x =~ Iterator} ${$x =~ Iterable[Integer]}": }
---
$x = [1,2,3].reverse_each
notify { 'a': message => $x }
---
$x = Integer[1, 3].reverse_each.map |$i| { $i * 2 }
notify { "${x}": }
---
notify { "${Integer[1].each |$i| { }}": }
