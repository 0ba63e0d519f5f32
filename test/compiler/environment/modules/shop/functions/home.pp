function shop::home(String $name) >> String {
  "/home/${name}"
}
