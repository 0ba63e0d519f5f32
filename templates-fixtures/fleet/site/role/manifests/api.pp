# A node of the role api.
class role::api {
  include profile::base
  include profile::api
}
