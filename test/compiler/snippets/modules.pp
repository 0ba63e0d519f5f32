include shop
---
class { 'shop': port => 70000 }
---
class { 'shop': port => 80, docroot => '/x', owners => ['z'], banner => undef }
notify { $shop::derived: }
---
include shop::nope
---
include shop::broken
---
include shop::cache::deep
---
class a { include shop::cache::deep }
include a
---
include base
include base::inner
---
include base::nope
---
shop::account { 'x': home => '/h' }
Shop::Account['x'] { ensure => absent }
---
shop::account { 'x': }
---
shop::account { 'x': home => 5, nope => 1 }
---
@shop::account { 'x': home => '/h' }
Shop::Account <| title == 'x' |> -> notify { 'after': }
---
notify { shop::home('q'): }
---
notify { "${shop::double(21)}": }
---
notify { "${shop::double('x')}": }
---
notify { shop_legacy('a'): }
---
shop_setting { 'a': value => 1 }
shop_setting { 'b': key => 'c', ensure => absent }
---
shop_setting { 'a': nope => 1 }
---
shop_setting { 'a': key => 'b' }
shop_setting { 'b': }
---
notify { "${5 =~ Shop::Port} ${0 =~ Shop::Port} ${Shop::Port}": }
---
notify { "${5 =~ Shop::Nope}": }
---
notify { "${lookup('shop::port')} ${lookup('shop::owners')} ${lookup('nope', Any, 'first', 'dflt')}": }
---
$x = lookup('nope')
---
notify { epp('shop/shop.conf.epp', {rules => {a => b}}): }
---
notify { epp('shop/shop.conf.epp'): }
---
notify { epp('shop/nope.epp'): }
---
notify { template('shop/nope.erb'): }
---
class c { $rules = {a => 1} $mode = 'm' notify { template('shop/shop.old.erb'): } }
include c
---
notify { "${defined('shop')} ${defined('shop::account')} ${defined(Shop::Account)} ${defined('shop::nope')} ${defined(Class['shop'])}": }
---
$t = Shop::Account
notify { "$t": }
---
Shop::Account { home => '/d' }
shop::account { 'x': }
---
notify { 'types': message => [type($settings::storeconfigs), type($settings::environment_timeout), type($settings::priority)] }
---
notify { 'lists': message => [$settings::server_list, $settings::supported_checksum_types] }
---
if $settings::storeconfigs { notify { 'stored': } } else { notify { 'not stored': } }
---
notify { 'environment': message => [$settings::environment, $settings::config_version] }
---
notify { 'infinite': message => [String(type($settings::maxwaitforcert)), $settings::maxwaitforcert > 10] }
---
class a(
  $x = lookup('none::at_all'),
) { }

include a
---
function f() {
  lookup('none::at_all')
}
class a($y = 1,
  $x = f()) { }

include a
---

define d(
  $x = upcase(lookup('none::at_all'))) { }

d { 'x': }
