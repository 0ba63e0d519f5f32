# A node of the role db.
class role::db {
  include profile::base
  include profile::db
}
