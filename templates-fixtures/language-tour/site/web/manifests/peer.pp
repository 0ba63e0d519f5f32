# Another web server.
define web::peer (
  String $address,
) {
  host { $title:
    ip => $address,
  }
}
