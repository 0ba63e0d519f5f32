# strings, heredocs, numbers
$x = @(EOT)
  a
   b
  | EOT
notify { $x: }
---
$x = @("EOT"/tnrs$uL)
  a\tb\sc\u0041 \$x ${1 + 1} \
  joined
  | EOT
notify { $x: }
---
$x = @("EOT"/)
  a\tb\\ ${1}
  | EOT
notify { $x: }
---
$x = @(EOT/L)
  a \
  b
  |- EOT
notify { $x: }
---
$x = @(EOT/z)
  a
  | EOT
---
$x = @("EOT":json)
  {"a": 1}
  | EOT
notify { $x: }
---
$x = @("EOT":nope)
  {"a": 1}
  | EOT
notify { $x: }
---
$x = @("EOT":puppet)
  notify { 'a' }
  | EOT
notify { $x: }
---
$x = @("EOT":epp)
  <% if true { %>
  | EOT
notify { $x: }
---
$x = [@(A), @("B")]
  one
  | A
  two ${3}
  |- B
notify { $x: }
---
$x = @(A)
no terminator
---
$x = @("end of text")
a ${ [1,2].map |$x| { "<$x>" } } b
end of text
notify { $x: }
---
$x = @(E).upcase
  abc
  |-E
notify { $x: }
---
$x = "a${'b'}c${"d${'e'}f"}g"
notify { $x: }
---
$a = [1, {x => 'y'}]
notify { "$a $a[0] ${a[0]} ${a[1]} ${a[1]['x']} ${a[1][x]} ${a.size} ${a[1].keys}": }
---
$h = {a => {b => 'c'}}
notify { "$h[a] ${h[a][b]} ${h['a']['b'].upcase} ${h.dig('a', 'b')}": }
---
notify { "${facts['kernel']} ${facts[kernel]} $facts[kernel]": }
---
notify { "\$x \${x} \\ \n\t\s\"\' \u{1F600} \u0041 \q": }
---
notify { 'a\'b\\c\d\n': }
---
notify { "${if true { 'x' }} ${case 1 { 1: { 'one' } }} ${unless false { 'u' }} ${1 + 1} ${-1} ${!true} ${[1][0]} ${'a' in 'abc'} ${1 < 2 and 3 > 2}": }
---
notify { "${class} ${if} ${type}": }
---
$class = 1
---
notify { "${node}": }
---
notify { "${import}": }
---
notify { "${'a'}${}${'b'}": }
---
notify { "${   }": }
---
notify { "$": }
---
notify { "a$ b$": }
---
notify { "$$x ${$}": }
---
notify { "${::facts['kernel']} $::facts[kernel] ${$facts['kernel']}": }
---
notify { "a-${facts['kernel']}-$::kernel-b.$kernel.c": }
---
notify { "$kernel::x": }
---
notify { "${upcase('a')} ${size([1])} ${[1,2,3].map |$x| { $x * 2 }}": }
---
notify { "${notify { 'inner': }}": }
---
notify { "${Notify['x']} ${Class['a::b']} ${File['/a', '/b']} ${Notify[x]}": }
---
notify { "${0x} ": }
---
$x = 08
---
$x = 0xG
---
$x = 1_000
---
$x = 1.
---
$x = .5
---
$x = 1.5.5
---
$x = 99999999999999999999
---
$x = 0x7FFFFFFFFFFFFFFF
notify { "${x}": }
---
$x = -9223372036854775808
notify { "${x}": }
---
notify { "${'0x1f' + 1} ${'017' + 1} ${'1.5' + 1} ${' 5 ' + 1} ${'1e3' + 0} ${'-5' + 0} ${'- 5' + 0} ${'+5' + 0}": }
---
notify { "${'5a' + 1}": }
---
notify { "${'' + 1}": }
---
notify { "${'08' + 1}": }
---
notify { "${'0b11' + 1}": }
---
notify { "${10 / 3} ${-10 / 3} ${10 % -3} ${10.0 / 4} ${7 / 2.0} ${2 * '3'} ${1 << 62} ${1 << 63}": }
---
notify { "${1 << -1} ${4 >> 1} ${-4 >> 1} ${1 >> 100} ${1 << 0}": }
---
notify { "${1 << 1.5}": }
---
notify { "${[1] + 2} ${[1] + [2]} ${[1] << [2]} ${[1] + {a => 1}} ${ {a => 1} + {b => 2} } ${ {a => 1} + [[b, 2]] } ${ {a => 1} + [b, 2] } ${[1,2,3,2] - 2} ${[1,2] - [2]} ${ {a=>1,b=>2} - a } ${ {a=>1,b=>2} - [a,b] } ${ {a=>1} - {a=>5} }": }
---
notify { "${[1] + undef} ${[undef] - undef} ${[] + []} ${ {} + {} }": }
---
notify { "${'a' + 'b'}": }
---
notify { "${'a' == 'A'} ${'a' =~ 'A'} ${'a' < 'B'} ${[1] == [1.0]} ${1 == 1.0} ${'1' == 1} ${undef == ''} ${default == 'default'} ${/a/ == /a/} ${ {a=>1} == {A=>1} } ${Integer == Integer[default]} ${[a] == ['A']}": }
---
notify { "${'a' < 1}": }
---
notify { "${[1] < [2]}": }
---
notify { "${true < false}": }
---
notify { "${Integer < Numeric} ${Integer[1,2] <= Integer[1,2]} ${String > Integer}": }
---
notify { "${1 <=> 2}": }
---
notify { "${!'a'} ${!''} ${!undef} ${!0} ${!!1} ${![]}": }
---
notify { "${true and 'a'} ${false or ''} ${undef or undef} ${'' and true}": }
---
notify { "${-'5'} ${- 'a'}": }
---
notify { "${-[1]}": }
---
notify { "${+5}": }
---
notify { "${1 + 2 * 3 - 4 / 2 % 3 << 1} ${(1 + 2) * 3} ${1 - 1 - 1} ${2 * 3 % 4} ${-2 * 3} ${!true == false} ${1 < 2 == true} ${1 in [1] and 2 in [2]} ${'a' =~ /a/ and true}": }
---
notify { "${[1, 2, 3][1]} ${[1,2,3][-1]} ${[1,2,3][1,2]} ${[1,2,3][1,-1]} ${[1,2,3][5]} ${[1,2,3][-5]} ${'abc'[1]} ${'abc'[1,5]} ${'abc'[-2,2]} ${'abc'[5]} ${ {a=>1}[b] } ${ {a=>1,b=>2}[a,b] } ${[[1,2],[3]][0][1]}": }
---
notify { "${5[0]}": }
---
notify { "${undef[0]}": }
---
notify { "${[1,2]['a']}": }
---
notify { "${[1,2][]}": }
---
notify { "${'abc'['a']}": }
---
notify { "${/a/[0]}": }
---
notify { "${Integer['a']}": }
---
notify { "${String[5, 1]}": }
---
notify { "${Enum[1]}": }
---
notify { "${Array[5]} ${Array[String, 5]} ${Hash[String]}": }
---
notify { "${Hash[String]}": }
---
notify { "${Struct[{a => 5}]}": }
---
notify { "${Optional[]}": }
---
notify { "${Nope[1]}": }
---
notify { "${Foo::Bar}": }
---
notify { "${Callable[Integer, 1, 2]} ${Callable[[Integer], String]} ${Callable[0, 0]} ${Callable[Callable]} ${Callable[String, Optional[Callable]]}": }
---
notify { "${Tuple[Integer, String, 1, 5]} ${Tuple[Integer]} ${Struct[{Optional[a] => Integer, NotUndef[b] => Any, c => Optional[String]}]} ${Variant[Integer, Variant[String, Float]]} ${Pattern['a', /b/]} ${Enum['b', 'a', true]} ${Regexp[/a/]} ${Type[Type[Integer]]} ${Sensitive[String]} ${Iterable[Integer]} ${Runtime['ruby', 'X']} ${NotUndef['a']} ${Optional['a']} ${Collection[1, 2]} ${Timespan['1-00:00:00', '2-00:00:00']} ${SemVer['>=1.0.0 <2.0.0']} ${URI['http://x']} ${Init[Integer]}": }
---
notify { 'a': message => "tab	and ünï ☃", }
---
notify { "line
two": }
---
notify { "cr\r\nlf": message => 'x' }
---
notify { "${'%d'}": }
---
notify { 'x': message => @(E) }
  hi
  | E
---
# comment at end
notify { 'x': } # trailing
/* block
comment */ notify { 'y': }
---
notify { 'x': ; }
---
notify { 'x': , }
---
notify { 'x' }
---
notify { : }
---
notify { x: }
---
notify { 'a': 'b': }
---
notify { 'a': message => 'x' message => 'y' }
---
notify { 'a': Message => 'x' }
---
notify { 'a': 'message' => 'x' }
---
notify { 'a': if => 'x', class => 'y' }
---
notify { 'a': message => }
---
Notify { 'a': }
---
Notify['a'] { }
---
notify['a']
---
1
---
'str'
---
[1, 2]
---
{a => 1}
---
$x
---
undef
---
a
---
File['/x']
---
1 + 1
notify { 'x': }
---
notify { 'x': }
5
---
include
---
include()
---
include []
---
include undef
---
include 'a' 'b'
---
notice 'a', 'b'
---
notice('a'), notice('b')
---
fail
---
$x = notice('a')
notify { "[${x}]": }
---
$x = include('shop::params')
notify { "${x} ${x[0]}": }
---
if notice('x') { notify { 't': } } else { notify { 'f': } }
---
notify { ['a', 'b']: message => $title }
---
notify { [['a'], ['b', ['c']]]: }
---
notify { []: }
---
notify { ['a', 'a']: }
---
$t = 'notify'
create_resources($t, {'x' => {message => 'm'}})
---
$r = Notify
$r { 'a': }
---
Resource['notify'] { 'a': }
---
Resource[Notify, 'a'] { message => 'x' }
notify { 'a': }
---
Resource['notify', 'a'] -> notify { 'b': }
notify { 'a': }
