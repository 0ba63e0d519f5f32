notice(1 + 2, 7 / 2, -7 / 2, -7 % 3, 7 % -3, 2 * 3.5, 1 << 4, 256 >> 2, 1.5 + 1)
---
notify { "${1 + 2} ${7 / 2} ${-7 / 2} ${-7 % 3} ${2 * 3.5} ${1 << 4} ${256 >> 2} ${10 / 4.0}": }
---
notify { "${'0x10' + 1} ${'010' + 1} ${'1.5' + 1} ${' 5 ' + 1}": }
---
$x = 1 / 0
---
$x = 1.0 / 0
---
$x = 9223372036854775807 + 1
---
$x = -9223372036854775807 - 2
---
$x = 'a' * 2
---
$x = [1] * 2
---
$x = 5.5 % 2
---
$x = 5 % 2.5
---
$x = true + 1
---
$x = undef + 1
---
notify { "${[1, 2] + [3]} ${[1] + 2} ${[1, 2, 1] - [1]} ${[1] << [2]} ${{a => 1} + {b => 2}} ${{a => 1, b => 2} - [a]} ${{a => 1} - a}": }
---
notify { "${[1] + {a => 1}} ${{a => 1} + [b, 2]} ${{a => 1} + [[b, 2], [c, 3]]}": }
---
$x = {a => 1} + 3
---
$x = {a => 1} << 3
---
notify { "${1 == 1.0} ${'a' == 'A'} ${'a' < 'B'} ${1 < 2.5} ${[1, 'a'] == [1, 'A']} ${{a => 1} == {a => 1.0}} ${undef == ''} ${true != false}": }
---
notify { "${Integer < Numeric} ${Integer <= Integer} ${Integer[1,2] < Integer} ${String == String} ${Array[Integer] > Array[Integer[1,3]]}": }
---
$x = 1 < 'a'
---
$x = 'a' < 1
---
$x = [1] < [2]
---
$x = undef > 1
---
notify { "${'abc' =~ /b(.)/} $0 $1": }
---
if 'web01.example.com' =~ /^(\w+)(\d\d)\.(.*)$/ { notify { "$1 $2 $3": } }
---
notify { "${'abc' !~ /x/} ${5 =~ Integer[1,9]} ${'x' =~ Enum[x, y]} ${'1.2.3' =~ SemVer}": }
---
$x = 5 =~ /5/
---
$x = 'a' =~ '('
---
$x = 'a' =~ 5
---
notify { "${'b' in 'ABC'} ${b in [a, 'B']} ${2 in [1, 2.0]} ${/b/ in ['abc']} ${a in {a => 1}} ${Integer in [a, 1]} ${1 in 'a1'}": }
---
notify { "${!true} ${!undef} ${!''} ${true and ''} ${false or undef} ${(1 == 1) and !false}": }
---
notify { "${-5} ${- 5.5} ${-(3 + 2)}": }
---
$x = -'a'
---
notify { "${if true { 'a' } else { 'b' }} ${unless true { 'a' } else { 'b' }} ${if false { 1 }}x": }
---
$v = case 'Debian' { 'debian', 'ubuntu': { 'deb' } /Red/: { 'rpm' } default: { 'other' } }
notify { $v: }
---
$v = case 5 { Integer[0, 4]: { 'low' } Integer[5]: { 'high' } }
notify { $v: }
---
$v = case 'x' { 'a': { 1 } }
notify { "[$v]": }
---
$v = case [1, 'abc'] { [1, /b(.)/]: { "m $1" } default: { 'no' } }
notify { $v: }
---
$v = case {a => 1, b => 2} { {a => 1}: { 'sub' } default: { 'no' } }
notify { $v: }
---
$l = ['a', 'b']
$v = case 'b' { *$l: { 'in' } default: { 'out' } }
notify { $v: }
---
$v = 'b' ? { /a/ => 1, 'B' => 2, default => 3 }
notify { "$v": }
---
$v = 'x' ? { 'a' => 1 }
---
$v = 'xyz' ? { /y(.)/ => "got $1", default => 'none' }
notify { $v: }
---
notify { "${'abcdef'[2]} ${'abcdef'[1,3]} ${'abcdef'[-2]} ${'abcdef'[1,-2]} ${'abc'[5]}|${'abc'[-5]}|${'abc'[-5, 4]}": }
---
notify { "${[1,2,3,4][1]} ${[1,2,3,4][-1]} ${[1,2,3,4][1,2]} ${[1,2,3,4][1,-1]} ${[1,2,3,4][-3,2]}": }
---
notify { "${{a => 1, b => 2}[a]} ${{a => 1, b => 2}[a, b]} ${{a => 1}[x]}|${{a => 1}['x', 'a']}": }
---
$x = 5[0]
---
$x = [1]['a']
---
$x = 'abc'['x']
---
$x = undef['a']
---
$x = $facts['nope']['a']
---
$x = [1,2][1,2,3]
---
notify { "a${1}b${[1, 'x', undef, true]}c${{a => [1], 'b c' => undef}}": }
---
[$a, $b, $c, $d] = [1.0, 1e20, 0.00001, 1.5e-9]
notify { "${default} ${/a.b/} ${Integer[1,2]} ${File['/a']} $a $b $c $d ${Sensitive('x')}": }
---
notify { "\tx\u263a \$ \\ \u{1F600} ${'single \n'}": }
---
$a = [1, 2]
$h = {k => {j => 'deep'}}
notify { "$a[0] ${a[1]} ${h[k][j]} ${h['k']['j']} $h[k]": }
---
[$a, [$b, $c]] = [1, [2, 3]]
notify { "$a $b $c": }
---
[$a, $b] = {a => 1, b => 2, c => 3}
notify { "$a $b": }
---
[$a, $b] = [1]
---
[$a, $z] = {a => 1}
---
class c { $one = 1 $two = 2 } include c
[$one, $two] = Class['c']
notify { "$one $two": }
---
$a = 1
$a = 2
---
$a::b = 1
---
$trusted = 1
---
$facts = 1
---
$server_facts = 1
---
$1 = 2
---
$title = 'x'
---
$x = $y = 3
notify { "$x $y": }
---
notify { $undefined_variable: message => "x${undefined_variable}y" }
---
notify { "${::nope} ${nope::x} a": }
---
notify { "${facts['os']['family']} $::os $trusted ${server_facts['environment']} $environment": }
---
notify { "${module_name}|${caller_module_name}|${title}|${name}": }
---
notify { "$settings::confdir": }
---
$x = @(END)
  one ${y}
    two
  | END
notify { $x: }
---
$y = 'Y'
$x = @("END"/tn)
  one ${y}\ttab\n
    two
  |- END
notify { $x: }
---
$x = @("END":json)
  {"a": ${1 + 1}}
  | END
notify { $x: }
---
$x = @("END":json)
  {"a": ${''}}
  | END
notify { $x: }
---
$x = [*[1, 2], *{a => 1}, *undef, *3]
notify { "$x": }
---
notify { "${[1, [2, 3]].flatten} ${'a,b'.split(',')} ${[3,1,2].sort}": }
---
$x = type
---
$x = Foo
---
$x = Integer['a']
---
$x = Array[5]
---
notify { "${Timespan('1-00:00:00') + 60} ${Timestamp('2020-01-01') + Timespan({hours => 1})}": }
---
notify { "${SemVer('1.2.3') < SemVer('1.10.0')} ${'1.5.0' =~ SemVerRange('>=1.0.0 <2.0.0')}": }
---
$x = Binary('aGVsbG8=')
notify { "$x": }
---
notify { "${Integer('0xff', 16)} ${String(255, '%x')} ${Boolean('yes')} ${Array({a => 1})} ${Float('1.5')}": }
---
$x = Integer('abc')
---
notify { "${[1,2,3].map |$x| { $x * 2 }} ${[1,2,3].filter |$x| { $x > 1 }} ${[1,2,3].reduce |$m, $x| { $m + $x }}": }
---
$x = [1].map |Integer $a, $b| { $a }
---
$x = ['a'].map |Integer $a| { $a }
---
$x = with(1, 2) |$a, $b = $a, *$c| { "$a $b $c" }
notify { $x: }
---
$x = with(1, 2, 3, 4) |$a, *$rest| { $rest }
notify { "$x": }
---
$x = with(1) |$a, $b| { 1 }
---
$x = [1,2,3].each |$i, $v| { if $v == 2 { next() } notify { "$i $v": } }
---
$x = 1
[1].each |$x| { notify { "inner $x": } }
notify { "outer $x": }
---
[1].each |$x| { $y = $x }
notify { "after ${y}": }
---
if true { $inner = 1 }
notify { "$inner": }
---
notify { "${[1,2].map |$x| { $x }.map |$y| { $y + 1 }}": }
---
function f($a, Integer $b = 2) >> String { "$a-$b" }
notify { f(1): }
---
function f($a, Integer $b = 2) >> String { "$a-$b" }
notify { f(1, 'x'): }
---
function f() >> Integer { 'x' }
notify { "${f()}": }
---
function f($a) { if $a { return('early') } 'late' }
notify { "${f(true)} ${f(false)}": }
---
function f(*$a) { $a.map |$x| { if $x == 2 { return('stopped') } $x } }
notify { "${f(1,2,3)} ${f(5)}": }
---
$v = 'top'
function f() { $v }
notify { f(): }
---
type Port = Integer[0, 65535]
define p(Port $x) { notify { "$x": } }
p { 'a': x => 70000 }
---
type Rec = Variant[Integer, Array[Rec]]
notify { "${[1, [2, [3]]] =~ Rec} ${['a'] =~ Rec} ${Rec}": }
---
notify { "${notice('x')}|": }
---
$x = fail('a', 'b')
---
nope()
---
$x = 'a'.nope
---
$x = include
---
notify { "${defined(File['/a'])} ${defined('file')} ${defined('nope')} ${defined('$x')} ${defined(Class['c'])}": }
---
$x = 5
notify { "${defined('$x')} ${defined('$::x')}": }
---
$x = undef
notify { "${$x}|${[undef, 1]}|${$x =~ Undef}": }
