function f() { 1 }
function f() { 2 }
notify { "${f()}": }
---
function upcase($x) { 1 }
notify { "${upcase('a')}": }
---
function a::b::c() { 'ns' }
notify { a::b::c(): }
---
function f($a, $b = $a, *$c) { "${a} ${b} ${c}" }
notify { [f(1), f(1, 2), f(1, 2, 3, 4)]: }
---
function f(Integer *$c) { $c.reduce(0) |$m, $x| { $m + $x } }
notify { "${f(1, 2, 3)} ${f()}": }
---
function f(Integer *$c) { $c }
notify { "${f(1, 'a')}": }
---
function f(Array[Integer, 1, 2] *$c) { $c }
notify { "${f([1])}": }
---
function f(Array[Integer, 1, 2] *$c) { $c }
notify { "${f(1, 2)}": }
---
function f($a = $b, $b = 1) { "${a} ${b}" }
notify { f(): }
---
function f($a) >> Integer { $a }
notify { "${f('x')}": }
---
function f($a) >> Integer { return($a + 1) 5 }
notify { "${f(1)}": }
---
function f() { if true { return 5 } 6 }
notify { "${f()}": }
---
function f() { [1, 2].each |$x| { return($x) } 9 }
notify { "${f()}": }
---
notify { "${[1, 2, 3].map |$x| { if $x == 2 { next } $x }}": }
---
notify { "${[1, 2, 3].map |$x| { if $x == 2 { break() } $x }}": }
---
return(1)
---
next(1)
---
break()
---
class c { return() notify { 'never': } }
include c
notify { 'after': }
---
define d { return() notify { 'never': } }
d { 'a': }
notify { 'after': }
---
class c { next() notify { 'never': } }
include c
---
class c { break() }
include c
---
node default { return() notify { 'x': } }
---
$x = [1, 2].each |$i| { break() }
notify { "${x}": }
---
$x = with(1) |$i| { return(2) }
notify { "${x}": }
---
$r = [3, 1, 2].sort |$a, $b| { compare($b, $a) }
notify { "${r}": }
---
$r = {a => 1, b => 2}.map |$k, $v| { "${k}${v}" }
notify { "${r} ${ {a => 1}.map |$kv| { $kv } } ${ {a => 1}.filter |$k, $v| { $v > 0 } }": }
---
$r = [1, 2, 3, 4].slice(2) |$a, $b| { "${a}-${b}" }
notify { "${r}": }
---
$r = [[1, 2], [3, 4]].map |$a, $b| { $a }
notify { "${r}": }
---
$r = [1, 2].map |$a, $b| { $a }
---
$r = [1].map || { 1 }
---
$r = [1].map |$a, $b, $c| { 1 }
---
$r = [1].map
---
$r = [1].map |String $a| { 1 }
---
$r = { a => 1 }.each |Integer $k, $v| { 1 }
---
$r = [1].each |$x = 5| { notify { "${x}": } }
---
$r = [1, 2].reduce |$a, $b, $c| { 1 }
---
$r = [1, 2].reduce |$a| { 1 }
---
$r = with(1, 2, 3) |$a, *$b| { "${a} ${b}" }
notify { $r: }
---
$r = with(1) |$a, $b| { 1 }
---
$r = with() |Integer $a = 'x'| { 1 }
---
$x = 5
$f = [1].map |$x| { $x + 1 }
notify { "${x} ${f}": }
---
$x = 5
[1].each |$y| { $x = 6 notify { "${x}": } }
notify { "out ${x}": }
---
[1].each |$y| { $z = 6 }
notify { "out ${z}": }
---
if true { $a = 1 }
notify { "${a}": }
---
$a = 1
if true { $a = 2 }
---
[$a, $b] = [1, 2]
[$c, [$d, $e]] = [3, [4, 5]]
notify { "${a}${b}${c}${d}${e}": }
---
[$a, $b] = [1]
---
[$a, $b] = [1, 2, 3]
---
[$a, $b] = {a => 1, b => 2}
notify { "${a}${b}": }
---
[$a, $b] = {a => 1}
---
[$a, $b] = 5
---
[$a, $a] = [1, 2]
---
$a = $b = 3
notify { "${a}${b}": }
---
$a += 1
---
$a = 1
$a += 2
---
$x = $y = [1] + 2
notify { "${x}": }
---
$a['x'] = 5
---
$facts = 1
---
$trusted = 1
---
$server_facts = 1
---
$settings::x = 1
---
$foo::x = 1
---
class c { $c::x = 1 }
include c
---
class c { $x = 1 }
include c
notify { "${c::x} ${::c::x}": }
---
notify { "${c::x}": }
---
class c { $x = 1 }
notify { "${c::x}": }
---
class c { }
include c
notify { "${c::nope}": }
---
notify { "${::nope}": }
---
notify { "${$nope}": }
---
$x = $nope
notify { "a${x}b": }
---
$0 = 1
---
$1x = 1
---
$X = 1
---
$_x = 1
notify { "${_x} $_x": }
---
$foo::_x = 1
---
class c { $_x = 1 }
include c
notify { "${c::_x}": }
---
if 'abc' =~ /(b)(c)/ { notify { "$0 $1 $2 $3": } }
---
if 'abc' =~ /(?<n>b)/ { notify { "$0 $1 ${n}": } }
---
if 'abc' =~ /b/ { if 'xyz' =~ /(y)/ { notify { "in $0 $1": } } notify { "out $0": } }
---
if 'abc' =~ /(b)/ { [1].each |$x| { notify { "lambda $1": } if 'q' =~ /(q)/ { } notify { "l2 $1": } } notify { "out $1": } }
---
$x = 'abc' ? { /(b)/ => "sel $1", default => 'no' }
notify { "${x} [$1]": }
---
case 'abc' { /(a)/: { case 'x' { /(x)/: { notify { "inner $1": } } } notify { "outer $1": } } }
notify { "after [$1]": }
---
if 'abc' =~ /(b)/ and 'def' =~ /(e)/ { notify { "$1": } }
---
if !('abc' =~ /(z)/) { notify { "none [$1]": } }
---
unless 'abc' =~ /(z)/ { notify { "u [$1]": } } else { notify { "e [$1]": } }
---
define d { notify { "d [$1]": } }
if 'abc' =~ /(b)/ { d { 'x': } }
---
class c { notify { "c [$1]": } }
if 'abc' =~ /(b)/ { include c }
---
function f() { "f [$1]" }
if 'abc' =~ /(b)/ { notify { f(): } }
---
if 'abc' =~ /(b)/ { notify { inline_template('<%= scope["1"] %>'): } }
---
if 'abc' =~ 'b' { notify { "s $0": } }
---
if 5 =~ /5/ { }
---
if 'a' =~ 5 { }
---
if 'abc' =~ '(' { }
---
if 'x' in ['X', 'y'] { notify { 'in': } }
if 'B' in 'abc' { notify { 'in2': } }
if /B/ in ['abc'] { notify { 'in3': } } else { notify { 'no3': } }
if /b/ in ['abc'] { notify { "in4 $0": } }
if Integer in ['a', 1] { notify { 'in5': } }
if 'a' in {'A' => 1} { notify { 'in6': } }
if 1 in '123' { notify { 'in7': } }
if [] in [[]] { notify { 'in8': } }
if undef in [undef] { notify { 'in9': } }
if 'a' in 5 { notify { 'in10': } } else { notify { 'no10': } }
---
case 5 { Integer[1, 4]: { notify { 'low': } } default: { notify { 'dflt': } } Integer: { notify { 'int': } } }
---
case 'a' { default: { notify { 'd': } } 'a': { notify { 'a': } } }
---
case ['a', 'b'] { ['a', 'b']: { notify { 'arr': } } }
---
case 'b' { *['a', 'b']: { notify { 'splat': } } default: { } }
---
case 'x' { *5: { } 'x': { notify { 'x': } } }
---
case { a => 1 } { { a => 1 }: { notify { 'hash': } } }
---
case undef { undef: { notify { 'undef': } } '': { notify { 'empty': } } }
---
case '' { undef: { notify { 'undef': } } '': { notify { 'empty': } } }
---
case 'ABC' { 'abc': { notify { 'insensitive': } } }
---
case true { 'true': { notify { 's': } } true: { notify { 'b': } } }
---
case 5 { '5': { notify { 's': } } 5.0: { notify { 'f': } } }
---
case 'abc' { Pattern[/b/]: { notify { "p [$0]": } } }
---
case String { Type[String]: { notify { 'ts': } } String: { notify { 's': } } }
---
case Integer[1,2] { Integer: { notify { 'x': } } Type: { notify { 't': } } }
---
case 'x' { }
---
case 'x' { 'y': { } }
notify { "${case 'x' { 'x': { 5 } }}": }
---
$x = case 1 { 1: { 'one' } }
notify { $x: }
---
$x = if false { 1 }
notify { "[${x}]": }
---
$x = 'a' ? { 'b' => 1 }
---
$x = 'a' ? { default => 1, 'a' => 2 }
notify { "${x}": }
---
$x = 'a' ? { default => 1, default => 2 }
---
case 1 { default: { } default: { } }
---
$x = 5 ? { Integer[6] => 'big', Integer => 'int' }
notify { $x: }
---
$x = 'a' ? { *['b', 'a'] => 'yes', default => 'no' }
notify { $x: }
---
$x = [1, 2] ? { [1, Integer] => 'm', default => 'no' }
notify { $x: }
---
$x = [1, [2, 'b']] ? { [1, [Integer, /b/]] => "m $0", default => 'no' }
notify { $x: }
---
$x = {a => 1} ? { {a => Integer} => 'm', default => 'no' }
notify { $x: }
---
define d { }
define d { }
---
class a { define d { } define d { } }
---
class a { define d { } }
define a::d { }
---
class a { define a::d { } define d { } }
---
define d { }
type D = Integer
---
type D = Integer
define d { }
---
define file { }
---
define d { }
define ::d { }
---
define catalogentry { }
---
define data { }
---
define a::b { }
type A::B = Integer
notify { "${A::B}": }
---
class file { }
include file
---
define shop::account { }
shop::account { 'a': }
