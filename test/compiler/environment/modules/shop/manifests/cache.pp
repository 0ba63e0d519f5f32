class shop::cache (Hash[String, String] $rules = {}) inherits shop::params {
  file { '/etc/shop.conf':
    content => epp('shop/shop.conf.epp', { rules => $rules }),
  }
  file { '/etc/shop.old':
    content => template('shop/shop.old.erb'),
    mode    => $mode,
  }
}
