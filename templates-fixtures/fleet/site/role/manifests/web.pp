# A node of the role web.
class role::web {
  include profile::base
  include profile::web
}
