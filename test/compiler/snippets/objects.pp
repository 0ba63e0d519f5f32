type P = Object[{attributes => {x => Integer, y => {type => Integer, value => 7}}}]
notify { "${P.new(1)} ${P.new(1).y} ${P.new({x => 3, y => 4}).x} ${P(5)}": }
---
type P = Object[{attributes => {x => Integer}}]
notify { "${P.new(1) == P.new(1)} ${P.new(1) == P.new(2)} ${P.new(1) =~ P} ${P.new(1) =~ Object} ${type(P.new(1))} ${type(P.new(1), generalized)} ${P} ${P.new(1) in [P.new(1)]} ${ {P.new(1) => 5}[P.new(1)] }": }
---
type P = Object[{attributes => {x => Integer}}]
$p = P.new('a')
---
type P = Object[{attributes => {x => Integer}}]
$p = P.new()
---
type P = Object[{attributes => {x => Integer}}]
$p = P.new(1, 2)
---
type P = Object[{attributes => {x => Integer}}]
$p = P.new({y => 1})
---
type P = Object[{attributes => {x => Integer}}]
$p = P.new(1).z
---
type P = Object[{attributes => {x => Integer}}]
$p = P.new(1).x(5)
---
type P = Object[{attributes => {x => Integer}, functions => {f => Callable[[], Integer]}}]
$p = P.new(1).f
---
type P = Object[{attributes => {x => Integer}, functions => {f => Callable[[Integer], Integer]}}]
$p = P.new(1).f('a')
---
type P = Object[{attributes => {x => Integer, d => {type => Integer, kind => derived}}}]
notify { "${P.new(1)}": }
---
type P = Object[{attributes => {x => Integer, d => {type => Integer, kind => derived}}}]
notify { "${P.new(1).d}": }
---
type P = Object[{attributes => {x => Integer, c => {type => Integer, kind => constant, value => 3}}}]
notify { "${P.new(1).c} ${P.new(1)}": }
---
type P = Object[{attributes => {x => Integer}, constants => {c => 3, d => 'x'}}]
notify { "${P.new(1).c} ${P.new(1).d} ${P.new(1)} ${P}": }
---
type P = Object[{attributes => {x => Integer, g => {type => Integer, kind => given_or_derived}}}]
notify { "${P.new(1)} ${P.new(1, 2).g}": }
---
type P = Object[{attributes => {x => {type => Integer, kind => reference}}}]
notify { "${P.new(1)}": }
---
type A = Object[{attributes => {x => Integer}}]
type B = Object[{parent => A, attributes => {y => Integer}}]
notify { "${B.new(1, 2)} ${B.new(1, 2).x} ${B.new(1,2) =~ A} ${A.new(1) =~ B} ${B < A} ${A < B} ${B == A} ${A.new(1) == B.new(1, 2)}": }
---
type A = Object[{attributes => {x => Integer}}]
type B = Object[{parent => A, attributes => {x => Integer}}]
notify { "${B.new(1)}": }
---
type A = Object[{attributes => {x => Integer}}]
type B = Object[{parent => A, attributes => {x => {type => String, override => true}}}]
notify { "${B.new('a')}": }
---
type A = Object[{attributes => {x => Integer}}]
type B = Object[{parent => A, attributes => {z => {type => String, override => true}}}]
notify { "${B.new('a')}": }
---
type A = Object[{attributes => {x => {type => Integer, final => true}}}]
type B = Object[{parent => A, attributes => {x => {type => Integer, override => true}}}]
notify { "${B.new(1)}": }
---
type P = Object[{attributes => {x => Integer, y => Integer}, equality => [x]}]
notify { "${P.new(1, 2) == P.new(1, 3)} ${P.new(1, 2) == P.new(2, 2)}": }
---
type P = Object[{attributes => {x => Integer, y => Integer}, equality => x}]
notify { "${P.new(1, 2) == P.new(1, 3)} ${P}": }
---
type P = Object[{attributes => {x => Integer}, equality => [z]}]
notify { "${P.new(1)}": }
---
type P = Object[{attributes => {x => Integer}, equality => []}]
notify { "${P.new(1) == P.new(2)}": }
---
type P = Object[{attributes => {x => Integer}, equality_include_type => false}]
notify { "${P.new(1) == P.new(2)}": }
---
type A = Object[{attributes => {x => Integer}, equality_include_type => false, equality => [x]}]
type B = Object[{attributes => {x => Integer}, equality_include_type => false, equality => [x]}]
notify { "${A.new(1) == B.new(1)}": }
---
type P = Object[{attributes => {x => Integer}, serialization => [x]}]
notify { "${P.new(1)} ${P}": }
---
type P = Object[{attributes => {x => Integer}, serialization => [y]}]
notify { "${P.new(1)}": }
---
type P = Object[{attributes => {x => Integer, y => {type => Integer, value => 1}}, serialization => [y, x]}]
notify { "${P.new(1)}": }
---
type P = Object[{type_parameters => {p => Integer}, attributes => {p => Integer, x => String}}]
notify { "${P} ${P[5]} ${P.new(5, 'a') =~ P[5]} ${P.new(6, 'a') =~ P[5]}": }
---
type P = Object[{type_parameters => {p => Integer}, attributes => {p => Integer}}]
notify { "${P['a']}": }
---
type P = Object[{type_parameters => {p => Integer}, attributes => {p => Integer}}]
notify { "${P[1, 2]}": }
---
type P = Object[{attributes => {x => Integer}, annotations => {}}]
notify { "${P.new(1)}": }
---
type P = Object[{attributes => {x => Integer}, bogus => 1}]
notify { "${P.new(1)}": }
---
type P = Object[{attributes => {'X-Y' => Integer}}]
notify { "${P.new(1)}": }
---
type P = Object[{attributes => {x => 5}}]
notify { "${P.new(1)}": }
---
type P = Object[{attributes => {x => {type => Integer, value => 'a'}}}]
notify { "${P.new(1)}": }
---
type P = Object[{attributes => {x => {type => Integer, kind => nope}}}]
notify { "${P.new(1)}": }
---
type P = Object[{attributes => {x => {type => Integer, kind => constant}}}]
notify { "${P.new()}": }
---
type P = Object[{attributes => {x => {type => Integer, kind => constant, value => 5, final => false}}}]
notify { "${P.new()}": }
---
type P = Object[{attributes => {x => {type => Integer, kind => derived, value => 5}}}]
notify { "${P.new()}": }
---
type P = Object[{attributes => {x => {kind => derived}}}]
notify { "${P.new()}": }
---
type P = Object[{attributes => {x => Integer}, functions => {x => Callable}}]
notify { "${P.new(1)}": }
---
type P = Object[{attributes => {x => Integer}, constants => {x => 1}}]
notify { "${P.new(1)}": }
---
type P = Object[{functions => {f => Integer}}]
notify { "${P.new()}": }
---
type P = Object[{parent => Integer}]
notify { "${P.new()}": }
---
type P = Object[{parent => P}]
notify { "${P.new()}": }
---
type P = Object[5]
notify { "${P.new()}": }
---
type P = Object[{name => 'Q', attributes => {x => Integer}}]
notify { "${P.new(1)} ${P}": }
---
type P = Object[{attributes => {x => Integer}}]
class c(P $p) { notify { "${$p.x}": } }
class { 'c': p => P.new(4) }
---
type P = Object[{attributes => {x => Integer}}]
class c(P $p) { notify { "${$p.x}": } }
class { 'c': p => {x => 4} }
---
type P = Object[{attributes => {x => Integer}}]
notify { 'a': message => P.new(4) }
---
type P = Object[{attributes => {x => Integer}}]
notify { "${Init[P]} ${5 =~ Init[P]} ${'a' =~ Init[P]} ${Init[P].new(5)}": }
---
type P = Object[{attributes => {x => Integer, y => {type => Array[P], value => []}}}]
notify { "${P.new(1, [P.new(2)])} ${P.new(1, [P.new(2)]).y[0].x}": }
---
type P = Object[{attributes => {x => Integer}}]
notify { "${P.new(1).then |$p| { $p.x }} ${[P.new(1), P.new(2)].map |$p| { $p.x }} ${P.new(1).x.type}": }
---
type P = Object[{attributes => {x => Optional[Integer]}}]
notify { "${P.new(undef)} ${P.new()}": }
---
type P = Object[{attributes => {x => {type => Optional[Integer], value => undef}}}]
notify { "${P.new(undef)} ${P.new()} ${P.new().x =~ Undef}": }
---
notify { "${Object[{attributes => {x => Integer}}]}": }
---
$t = Object[{name => 'Foo', attributes => {x => Integer}}]
notify { "${$t.new(1)} ${$t.new(1).x} ${$t}": }
---
type P = Object[{attributes => {x => Integer}}]
notify { String(P.new(1)): }
---
type P = Object[{attributes => {x => Integer}}]
notify { inline_template('<%= @p.x %> <%= @p.class %>'): }
---
type P = Object[{attributes => {x => Integer}}]
$p = P.new(1)
notify { inline_template('<%= @p.x %>'): }
---
type P = Object[{attributes => {x => Integer}}]
$p = P.new(1)
$q = $p + 1
---
type P = Object[{attributes => {x => Integer}}]
$p = P.new(1)
$q = $p[x]
---
type P = Object[{attributes => {x => Integer}}]
$p = P.new(1)
$q = $p < P.new(2)
---
type P = Object[{attributes => {x => Integer}}]
$p = P.new(1)
case $p { P: { notify { 'p': } } default: { notify { 'd': } } }
---
type P = Object[{attributes => {name => String}}]
notify { "${P.new('n').name} ${P.new('n')}": }
---
type P = Object[{attributes => {x => Integer}}]
$p = P.new(1)
notify { "${$p.convert_to(Hash)}": }
---
type P = Object[{attributes => {x => Integer}}]
$p = P.new(1)
$p.x = 5
---
type T = TypeSet[{version => '1.0.0', pcore_version => '1.0.0', types => {A => Integer, B => {attributes => {x => Integer}}}}]
notify { "${5 =~ T::A} ${T::B.new(3)} ${T}": }
---
type T = TypeSet[{version => '1.0.0', pcore_version => '1.0.0', types => {A => Integer}}]
notify { "${5 =~ T::C}": }
---
type T = TypeSet[{pcore_version => '1.0.0', types => {A => Integer}}]
notify { "${5 =~ T::A}": }
---
type T = TypeSet[{version => '1.0.0', pcore_version => '9.0.0', types => {A => Integer}}]
notify { "${5 =~ T::A}": }
---
type T = TypeSet[{version => '1.0.0', pcore_version => '1.0.0', types => {}}]
notify { "${5 =~ T::A}": }
---
type T = TypeSet[{version => '1.0.0', pcore_version => '1.0.0', types => {A => {attributes => {x => Integer}}, B => {parent => A, attributes => {y => A}}}}]
notify { "${T::B.new(3, T::A.new(1))} ${T::B.new(3, T::A.new(1)) =~ T::A}": }
---
type T = TypeSet[{version => '1.0.0', pcore_version => '1.0.0', types => {A => Object[{attributes => {x => Integer}}], B => Array[A]}}]
notify { "${T::A.new(3)} ${[T::A.new(1)] =~ T::B}": }
---
$t = TypeSet[{version => '1.0.0', pcore_version => '1.0.0', types => {A => Integer}}]
notify { "${$t}": }
---
type T = TypeSet[5]
notify { "${5 =~ T::A}": }
---
type P = {attributes => {x => Integer}}
notify { "${P.new(1)}": }
---
type P inherits Q = Integer
notify { "${5 =~ P}": }
---
type A = Object {attributes => {x => Integer}}
notify { "${A.new(1)}": }
---
$p = Error('msg', 'k', {a => 1}, 'code')
notify { "${$p} ${$p.msg} ${$p.message} ${$p.kind} ${$p.details} ${$p.issue_code} ${$p =~ Error['k']} ${$p =~ Error['z']} ${type($p)}": }
---
type P = Object[{attributes => {x => Integer}}]
notify { "${P.new(1) ? { P => 'is', default => 'not' }} ${P ? { Type[P] => 'type', default => 'no' }} ${P =~ Type[Object]} ${Type[P]}": }
---
type P = Object[{attributes => {x => Integer}}]
function f(P $p) >> P { P.new($p.x + 1) }
notify { "${f(P.new(1))}": }
---
type P = Object[{attributes => {x => Integer}}]
function f(P $p) { $p.x }
notify { "${f(5)}": }
---
type P = P
notify { "${5 =~ P}": }
---
type P = Optional[P]
notify { "${5 =~ P}": }
---
type P = Variant[Integer, Array[P]]
notify { "${[1,[2]] =~ P} ${['a'] =~ P} ${P}": }
---
class c { type P = Integer }
---
type p = Integer
---
type A::B = Integer
notify { "${5 =~ A::B} ${A::B}": }
