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
---
notify{ inline_template("<%= scope.call_function('type', @nope) %>"): }
---
notify{ inline_template("<%= scope.call_function('type', false) %>"): }
---
notify{ inline_template("<%= scope.call_function('type', {'a'=>1}) %>"): }
---
notify{ inline_template("<%= {'abc'=>1,'b'=>2}.inject(0) { |l,(k,v)| k.size > l ? k.size : l } %>"): }
---
$h={'abc'=>1,'b'=>2}
notify{ inline_template("<%= @h.inject(0) { |l,(k,v)| k.size > l ? k.size : l } %>"): }
---
$h={'abc'=>1,'b'=>2}
notify{ inline_template("<%= @h.inject({}){|data,(k,v)| data[k.to_sym] = v; data}.inspect %>"): }
---
$h={'abc'=>{'x'=>[1,2]},'b'=>{'x'=>[3]}}
notify{ inline_template("<%= @h.inject(0) { |l,(k,v)| k.size > l ? k.size : l } %>"): }
---
$h={'abc'=>{'x'=>[1,2]},'b'=>{'x'=>[3]}}
notify{ inline_template("<%= @h.each_with_index.map { |(k,v),i| k+i.to_s }.join %>"): }
---
$h={'abc'=>{'x'=>[1,2]},'b'=>{'x'=>[3]}}
notify{ inline_template("<%= @h.each_with_object([]) { |(k,v),acc| acc << k }.join %>"): }
---
$h={'abc'=>{'x'=>[1,2]},'b'=>{'x'=>[3]}}
notify{ inline_template("<% @h.each do |(k,v)| %><%= k %><% end %><% @h.each do |k,(v,w)| %><%= k %><%= v %><% end %>"): }
---
$h={'abc'=>{'x'=>[1,2]},'b'=>{'x'=>[3]}}
notify{ inline_template("<% @h.each do |k,*r| %><%= k %><%= r %><% end %><% @h.each do |*r| %><%= r %><% end %>"): }
---
$h={'abc'=>{'x'=>[1,2]},'b'=>{'x'=>[3]}}
notify{ inline_template("<% for k,v in @h do %><%= k %><% end %><% for (k,v) in @h do %><%= k %><% end %>"): }
---
$h={'abc'=>{'x'=>[1,2]},'b'=>{'x'=>[3]}}
notify{ inline_template("<% f = lambda { |x=1, y: 2, **z, &b| x } %><%= f.call %><% g = ->((a,b),c) { a } %><%= g.call([1,2],3) %>"): }
---
$h={'abc'=>{'x'=>[1,2]},'b'=>{'x'=>[3]}}
notify{ inline_template("<%= @h.map { _1 }.inspect %><%= [1].map { _1 + 1 } %><% (a,b),c = [1,2],3 %><%= a %><%= c %>"): }
---
$h={'abc'=>{'x'=>[1,2]},'b'=>{'x'=>[3]}}
notify{ inline_template("<% @a ||= 'x' %><% @h['q'] ||= 'y' rescue nil %><%= @a %><%= @h.size %><% a, *b = 1,2 %><%= b %><% def foo(x,(y,z)); y; end %><%= foo(1,[2,3]) %>"): }
---
$h={'abc'=>{'x'=>[1,2]},'b'=>{'x'=>[3]}}
notify{ inline_template("<%= @h.sort_by { |(k, _)| k }.map { |k, | k }.join %><% case @h; in {abc: y} then %><% else %>n<% end %>"): }
---
$h={'abc'=>{'x'=>[1,2]},'b'=>{'x'=>[3]}}
notify{ inline_template("<% begin; raise 'x'; rescue => e %><%= e.message %><% ensure %>z<% end %><% $g = 1 %><%= $g %><% @@c = 1 rescue 0 %><%= __FILE__.class %><%= \"#{@h.keys.join}\" %>"): }
---
$h={'abc'=>{'x'=>[1,2]},'b'=>{'x'=>[3]}}
notify{ inline_template("<%= @h.to_a.transpose.inspect %><%= @h.sum { |k,v| v['x'].sum } %><%= @h.group_by { |k,v| v['x'].size }.inspect %><%= @h.min_by { |k,v| k }.first %><%= @h.each_slice(1).map { |((k,v))| k }.join %>"): }
---
notify { kit_pair('a', 'b'): }
---
$r = kit_pair('a')
notify { kit::beside($r): }
---
$r = kit_pair('a')
notify { inline_template("<%= scope.call_function('kit::beside', ['x y']) %>"): }
---
notify { kit::beside('x'): }
---
notify{ inline_template("<%= begin; scope.call_function('nope', ['x y']); rescue => e; e.class.to_s + e.message; end %>"): }
---
notify{ inline_template("<%= begin; scope.function_nope(['x y']); rescue NoMethodError => e; e.class.to_s ; end %>"): }
---
notify{ inline_template("<%= begin; scope.call_function('fail', ['x y']); rescue => e; e.class.to_s + e.message; end %>"): }
---
notify{ inline_template("<%= begin; scope.call_function('lookup', ['x y']); rescue => e; e.class.to_s + e.message; end %>"): }
---
notify{ inline_template("<%= begin; scope.call_function('size', []); rescue => e; e.class.to_s + e.message; end %>"): }
---
notify{ inline_template("<%= begin; scope.call_function('Integer', ['x y']); rescue => e; e.class.to_s + e.message; end %>"): }
---
notify{ inline_template("<%= begin; scope.call_function('new', [scope.call_function('type',1), 'x']); rescue => e; e.class.to_s + e.message; end %>"): }
---
notify{ inline_template("<%= begin; scope.call_function('include', ['nope']); rescue => e; e.class.to_s + e.message; end %>"): }
---
notify{ inline_template("<%= begin; scope.call_function('hiera', ['nope']); rescue => e; e.class.to_s + e.message; end %>"): }
---
notify{ inline_template("<%= begin; scope.call_function('template', ['x/y.erb']); rescue => e; e.class.to_s + e.message; end %>"): }
---
notify{ inline_template("<%= begin; scope.call_function('epp', ['x/y.epp']); rescue => e; e.class.to_s + e.message; end %>"): }
---
notify{ inline_template("<%= begin; scope.call_function('file', ['x/y.epp']); rescue => e; e.class.to_s + e.message; end %>"): }
---
notify{ inline_template("<%= begin; scope.call_function('split', ['x']); rescue => e; e.class.to_s + e.message; end %>"): }
---
notify{ inline_template("<%= begin; scope.call_function('create_resources', ['x', {'a'=>{}}]); rescue => e; e.class.to_s + e.message; end %>"): }
---
notify{ inline_template("<%= begin; scope.call_function('versioncmp', ['x', 3]); rescue => e; e.class.to_s + e.message; end %>"): }
