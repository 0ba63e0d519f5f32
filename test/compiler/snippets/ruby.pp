notify { environment::qual(): }
---
notify { bare(): }
---
notify { old(): }
---
envtype { 'a': }
---
notify { "${Envdata.new(1).x}": }
---
notify { "${Environment::Ed.new(1).x}": }
---
notify { environment::f1(): }
---
notify { environment::f2(): }
---
notify { f3(): }
---
notify { "${1 =~ Environment::T1}": }
---
notify { "${1 =~ Environment::T2}": }
---
notify { "${1 =~ T3}": }
---
$p = Kit::Point.new(1, 2)
notify { "${$p.x} ${$p.y} ${$p.label} ${$p.sum} ${$p.scale(2).label} ${$p}": }
---
$p = Kit::Point(x => 4)
notify { "${$p} ${$p == Kit::Point(4, 0)} ${$p =~ Kit::Point} ${type($p)} ${$p =~ Object}": }
---
$p = Kit::Point.new('a')
---
$p = Kit::Point.new(1, 2, 3)
---
$p = Kit::Point.new(1).nope
---
$p = Kit::Point.new(1).scale('x')
---
$p = Kit::Plain.new('n', ['a'])
notify { "${$p.name} ${$p.tags} ${$p}": }
---
$p = Kit::Shape.new(2.5)
notify { "${$p.width} ${$p.area}": }
---
notify { "${Toplevel.new(1).x}": }
---
notify { "${5 =~ Kit::Notype}": }
---
notify { "${5 =~ Kit::Wrong}": }
---
notify { "${5 =~ Kit::Nointerface}": }
---
notify { "${5 =~ Kit::Badface}": }
---
notify { kit::mk(Kit::Point.new(3, 4)): }
---
notify { "${kit::rb(7)} ${kit::rb(7).sum}": }
---
notify { kit::help('ab'): }
---
notify { kit::env('lookup'): }
---
notify { kit::env('scope'): }
---
notify { kit::env('node'): }
---
notify { kit::env('modules'): }
---
notify { kit::env('global'): }
---
notify { kit::env('nolookup'): }
---
notify { kit::env('nolookupb'): }
---
notify { kit::env('nosetting'): }
---
notify { kit::env('loaders'): }
---
notify { 'a': message => Kit::Point.new(1, 2) }
---
file { '/x': content => Kit::Plain.new('n') }
---
$v = lookup('kit::k1')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k2')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k3')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k4')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k5')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k6')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k9')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k10')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k11')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k12')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k13')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k14')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k16')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k17')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k18')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k19')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k20')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k21')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k22')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k24')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k26')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k27')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::k28')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::dig.a.0')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::h1')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::h2')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::h3')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::h3.x.1')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::h4')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::ek')
notify { 'a': message => "${v}" }
---
$v = lookup('kit::pp')
notify { 'a': message => "${v}" }
---
notify { "${lookup('kit::k2')} ${lookup('kit::k2')} ${lookup('kit::k6')}": }
---
notify { "${lookup('kit::k9', default_value => 1)}": }
