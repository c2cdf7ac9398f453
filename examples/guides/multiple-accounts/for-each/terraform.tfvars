installations = {
  north = {
    instance_id = "c5e2f1a8-93b7-4d06-b5f4-7e8a9c0d1b26"
    contact_id  = "513c1bfc-61b6-427d-a7f8-ceeedb1eb763"
  }
  south = {
    instance_id = "c5e2f1a8-93b7-4d06-b5f4-7e8a9c0d1b26"
    contact_id  = "8046df3c-7575-4098-a5ab-c91ad8f33c47"
  }
}
